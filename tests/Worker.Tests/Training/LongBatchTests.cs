using CloudSweep.Core.Domain;
using CloudSweep.Worker.Training;

namespace CloudSweep.Worker.Tests.Training;

/// <summary>Batches of more rows than a job decodes at once: their gradient grows over turns, by the same chain of additions.</summary>
public sealed class LongBatchTests
{
    // So wide that a turn has the fewest rows it may have, 64.
    private static readonly ArrayRows Rows = new(featureCount: 20_000, classCount: 3, trainRows: 173, validationRows: 5);

    [Theory]
    [InlineData(null)]
    [InlineData(150)]
    [InlineData(65)]
    [InlineData(64)]
    public void Run_BatchLongerThanATurn_MeasuresTheBitsOfOneTurn(int? batchSize)
    {
        var training = new TrainingSpec(Epochs: 2, batchSize, Seed: 5);
        var parameters = new TrialParameters(1e-4, new OptimizerSettings.Adam(), new ScheduleSettings.Constant(), 0, 0);
        var solo = new SoloLane(Jobs.Softmax, training, parameters, Rows, KernelPaths.Supported()[0]);
        for (var epoch = 0; epoch < training.Epochs; epoch++)
        {
            solo.TrainEpoch(epoch);
            solo.Evaluate();
        }

        LaneSpec[] lanes = [new LaneSpec(1, 1, parameters), new LaneSpec(2, 1, parameters)];
        var job = Jobs.Run(new TrainingPlan(Jobs.Softmax, training, lanes, Math.Log(3)), Rows, KernelPaths.Supported()[0], 1);

        Assert.Equal(
            solo.NewMeasurements().Select(measurement => CanonicalJson.Write<object>(measurement)).Order(),
            job.Measurements.Where(measurement => measurement.Trial == 1).Select(measurement => CanonicalJson.Write<object>(measurement)).Order());
    }

    [Fact]
    public void Run_ResumedBetweenLongBatches_IsTheUninterruptedRun()
    {
        var plan = new TrainingPlan(Jobs.Softmax, new TrainingSpec(Epochs: 3, BatchSize: null, Seed: 5), [Jobs.Lane(1), Jobs.Lane(3)], 1e9);
        var path = KernelPaths.Supported()[0];
        var whole = Jobs.Run(plan, Rows, path, 2);

        var resumed = Jobs.Run(plan, Rows, path, 2, Jobs.Run(plan, Rows, path, 2, stopAtStep: 1).Checkpoint);

        Assert.All(plan.Lanes, lane => Assert.Equal(whole.Transcript(lane.Trial), resumed.Transcript(lane.Trial)));
    }
}
