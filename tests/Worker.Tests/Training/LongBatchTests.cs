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
        var parameters = Jobs.Parameters(1e-4, new OptimizerSettings.Adam(), new ScheduleSettings.Constant()) with { Training = training };
        var solo = new SoloLane(Jobs.Softmax, training, parameters, Rows, KernelPaths.Supported()[0]);
        for (var epoch = 0; epoch < training.Epochs; epoch++)
        {
            solo.TrainEpoch(epoch);
            solo.Evaluate();
        }

        LaneSpec[] lanes = [new LaneSpec(1, 1, parameters), new LaneSpec(2, 1, parameters)];
        var job = Jobs.Run(new TrainingPlan(lanes, Math.Log(3)), Rows, KernelPaths.Supported()[0], 1);

        Assert.Equal(
            solo.NewMeasurements().Select(measurement => CanonicalJson.Write<object>(measurement)).Order(),
            job.Measurements.Where(measurement => measurement.Trial == 1).Select(measurement => CanonicalJson.Write<object>(measurement)).Order());
    }

    [Fact]
    public void Run_ResumedInsideBatches_IsTheUninterruptedRun()
    {
        // Turns of 64 rows: three an epoch, of which no batch size but 64 knows the ends.
        int?[] batchSizes = [null, 150, 65, 48, 64];
        var lanes = batchSizes.Select((batchSize, index) => Jobs.With(Jobs.Lane(index + 1), Jobs.Softmax, new TrainingSpec(Epochs: 2, batchSize, Seed: 5))).ToArray();
        var path = KernelPaths.Supported()[0];
        var whole = Jobs.Run(new TrainingPlan(lanes, 1e9), Rows, path, 2);
        foreach (var stopAt in new[] { 64, 128, 173, 237, 301 })
        {
            var checkpoint = Jobs.Run(new TrainingPlan(lanes, 1e9), Rows, path, 2, stopAt: stopAt).Checkpoint!;

            // All again, and one alone, whose turns are others.
            var resumed = Jobs.Run(new TrainingPlan(lanes, 1e9), Rows, path, 2, checkpoint);
            checkpoint.Position = 0;
            var alone = Jobs.Run(new TrainingPlan([lanes[3]], 1e9), Rows, path, 1, checkpoint);

            Assert.All(lanes, lane => Assert.Equal(whole.Transcript(lane.Trial), resumed.Transcript(lane.Trial)));
            Assert.Equal(whole.Transcript(lanes[3].Trial), alone.Transcript(lanes[3].Trial));
        }
    }
}
