using CloudSweep.Core.Domain;
using CloudSweep.TestSupport.Settings;
using CloudSweep.Worker.Training;
using CsCheck;

namespace CloudSweep.Worker.Tests.Training;

/// <summary>Promise 2 for any model, optimizer, schedule, batch size and clip with any constants, on every kernel path of this machine.</summary>
public sealed class RandomTrialTests
{
    // Every model can learn from two classes.
    private static readonly ArrayRows Rows = Jobs.RowsFor(new ModelSpec.Logistic());

    private static readonly Gen<TrainingSpec> Training = Gen.Select(
        Gen.Int[1, 4],
        Gen.OneOf(Gen.Const((int?)null), Gen.Int[2, 60].Select(size => (int?)size)),
        RandomSettings.GradientClip,
        (epochs, batchSize, clip) => new TrainingSpec(epochs, batchSize, Seed: 11, clip));

    private static readonly Gen<TrialParameters> Parameters = Gen.Select(
        Gen.Double[-5, 0].Select(exponent => Math.Pow(10, exponent)),
        RandomSettings.Optimizer,
        RandomSettings.Schedule,
        Gen.Int[0, 1],
        Gen.OneOf([.. Jobs.Models.Values]),
        Training,
        (rate, optimizer, schedule, repeat, model, training) => new TrialParameters(rate, optimizer, schedule, repeat, 0, model, training));

    private static readonly Gen<TrainingPlan> Plan = Parameters.Array[1, 6].Select(lanes => new TrainingPlan(
        [.. lanes.Select((parameters, index) => new LaneSpec(index + 1, 1, parameters))],
        Math.Log(5)));

    [Fact]
    public void Run_AnySettings_EveryLaneOfTheCrowdIsTheLaneAloneOnEveryPath() => Plan.Sample(plan =>
    {
        var solo = plan.Lanes.ToDictionary(lane => lane.Trial, lane => Jobs.Run(plan with { Lanes = [lane] }, Rows, KernelPath.Portable, 1).Transcript(lane.Trial));
        foreach (var path in KernelPaths.Supported())
        {
            var crowd = Jobs.Run(plan, Rows, path, 2);

            Assert.All(plan.Lanes, lane => Assert.Equal(solo[lane.Trial], crowd.Transcript(lane.Trial)));
        }
    }, iter: 60);

    [Fact]
    public void Run_AnySettingsResumedAtAnyPosition_IsTheUninterruptedRunOnEveryPath() => Gen.Select(Plan, Gen.Int[1, 600]).Sample((plan, stopAt) =>
    {
        var whole = Jobs.Run(plan, Rows, KernelPath.Portable, 1);
        foreach (var path in KernelPaths.Supported())
        {
            var cut = Jobs.Run(plan, Rows, path, 2, stopAt: stopAt);
            var resumed = cut.Checkpoint is null ? cut : Jobs.Run(plan, Rows, path, 2, cut.Checkpoint);

            Assert.All(
                plan.Lanes.Where(lane => resumed == cut || !cut.Outcomes.ContainsKey(lane.Trial)),
                lane => Assert.Equal(whole.Transcript(lane.Trial), resumed.Transcript(lane.Trial)));
        }
    }, iter: 60);
}
