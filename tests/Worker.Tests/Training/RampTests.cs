using CloudSweep.Core.Domain;
using CloudSweep.Core.RangeTest;
using CloudSweep.Worker.Training;
using CsCheck;

namespace CloudSweep.Worker.Tests.Training;

/// <summary>Lanes of a range test: their rate, their end, and that they are lanes like any other.</summary>
public sealed class RampTests
{
    private const int Steps = 40;

    private static readonly ArrayRows Rows = Jobs.Rows();
    private static readonly Ramp Ramp = new(1e-5, Steps);

    [Fact]
    public void Train_Ramp_HasTheRateOfItsParametersAtEveryStep()
    {
        var training = new TrainingSpec(Steps, null, 11);
        var ramp = Jobs.Parameters(0.5, new OptimizerSettings.HeavyBall(), new ScheduleSettings.Cosine()) with { Ramp = Ramp };
        var rates = new RampRates(ramp, Steps);

        // With a step an epoch, this schedule is that of the ramp, up to the last step, and its own is not applied.
        var same = Jobs.Parameters(Ramp.From, new OptimizerSettings.HeavyBall(), new ScheduleSettings.Exponential(rates.Factor));
        var (rising, reference) = (new SoloLane(Jobs.Mlp, training, ramp, Rows, KernelPath.Portable), new SoloLane(Jobs.Mlp, training, same, Rows, KernelPath.Portable));
        for (var epoch = 0; epoch < Steps - 1; epoch++)
        {
            Assert.Equal(rates.At(epoch + 1), LearningRateSchedule.RateAt(same.Schedule, same.LearningRate, epoch, 1, Steps));
            rising.TrainEpoch(epoch);
            reference.TrainEpoch(epoch);
            Assert.Equal(reference.Lane.Parameters.ToArray(), rising.Lane.Parameters.ToArray());
        }
    }

    [Fact]
    public void Run_Ramp_EndsInsideAnEpochWithoutEvaluationOrModel()
    {
        var observer = Jobs.Run(Jobs.Plan(RampOf(1, batchSize: 4)), Rows, KernelPath.Portable, 1);

        Assert.Equal(new TrialOutcome(1, TrialState.Completed, Steps, ""), observer.Outcomes[1]);
        Assert.Empty(observer.Models);
        Assert.Equal(Enumerable.Range(1, 10).Select(window => 4L * window), observer.Measurements.Select(measurement => Assert.IsType<Measurement.LossWindow>(measurement).Step));
    }

    [Fact]
    public void Run_RampThatBlowsUp_EndsDiverged()
    {
        var lane = RampOf(1, batchSize: 4);

        var observer = Jobs.Run(Jobs.Plan(lane with { Parameters = lane.Parameters with { LearningRate = 1e30 } }), Rows, KernelPath.Portable, 1);

        Assert.Equal(TrialState.Diverged, observer.Outcomes[1].State);
        Assert.InRange(observer.Outcomes[1].Step, 2, Steps - 1);
    }

    [Fact]
    public void Run_RampLongerThanATrial_EndsWithIt()
    {
        var lane = RampOf(1, batchSize: 50, epochs: 2);

        var observer = Jobs.Run(Jobs.Plan(lane), Rows, KernelPath.Portable, 1);

        Assert.Equal(8, observer.Outcomes[1].Step);
    }

    [Fact]
    public void Run_RampsBesideTrials_EveryLaneIsTheLaneAlone()
    {
        LaneSpec[] lanes = [.. Enumerable.Range(1, 12).Select(trial => trial % 2 == 0 ? Jobs.With(Jobs.Lane(trial), Jobs.Mlp, new TrainingSpec(3, 4, 11)) : RampOf(trial, batchSize: 4 + (trial % 3 * 3)))];
        foreach (var path in KernelPaths.Supported())
        {
            var crowd = Jobs.Run(Jobs.Plan(lanes), Rows, path, 2);

            Assert.All(lanes, lane => Assert.Equal(Jobs.Run(Jobs.Plan(lane), Rows, KernelPath.Portable, 1).Transcript(lane.Trial), crowd.Transcript(lane.Trial)));
            Assert.Equal([2, 4, 6, 8, 10, 12], crowd.Models.Keys.Order());
        }
    }

    [Fact]
    public void Run_RampsOfASweepThatKeepsItsBest_EndWithoutModels()
    {
        var plan = Jobs.Plan(RampOf(1, batchSize: 4)) with { KeepBestBy = new Objective(MetricNames.ValidationLoss, ObjectiveGoal.Minimize, ScoreUse.Best), Pruning = new PruningSpec.SuccessiveHalving() };

        var observer = Jobs.Run(plan, Rows, KernelPath.Portable, 1);

        Assert.Equal((TrialState.Completed, 0), (observer.Outcomes[1].State, observer.Models.Count));
    }

    [Fact]
    public void Run_ResumedAtAnyPosition_IsTheUninterruptedRun()
    {
        var plan = Jobs.Plan(RampOf(1, batchSize: 4), RampOf(2, batchSize: 7), Jobs.With(Jobs.Lane(3), Jobs.Mlp, new TrainingSpec(3, 16, 11)));
        var whole = Jobs.Run(plan, Rows, KernelPath.Portable, 1);

        Gen.Long[1, 3 * Rows.TrainRows].Sample(stopAt =>
        {
            var cut = Jobs.Run(plan, Rows, KernelPaths.Supported()[0], 2, stopAt: stopAt);
            var resumed = cut.Checkpoint is null ? cut : Jobs.Run(plan, Rows, KernelPaths.Supported()[0], 2, cut.Checkpoint);

            Assert.All(
                plan.Lanes.Where(lane => resumed == cut || !cut.Outcomes.ContainsKey(lane.Trial)),
                lane => Assert.Equal(whole.Transcript(lane.Trial), resumed.Transcript(lane.Trial)));
        }, iter: 60);
    }

    private static LaneSpec RampOf(int trial, int batchSize, int epochs = 3)
    {
        var lane = Jobs.With(Jobs.Lane(trial), Jobs.Mlp, new TrainingSpec(epochs, batchSize, 11));
        return lane with { Parameters = lane.Parameters with { LearningRate = 0.5, Ramp = Ramp } };
    }
}
