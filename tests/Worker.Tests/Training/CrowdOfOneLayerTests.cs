using CloudSweep.Core.Domain;
using CloudSweep.Worker.Training;

namespace CloudSweep.Worker.Tests.Training;

/// <summary>Lanes of one-layer models that train as one matrix: each is the lane alone, bit for bit, whoever else is in the matrix and whatever becomes of them.</summary>
public sealed class CrowdOfOneLayerTests
{
    private const int Threads = 2;

    // Of two threads each has half of the lanes: 15 and 32 of one output are trained in columns, others in rows, and all batches of 5 but of the fewest in columns.
    // Plain sgd makes its steps with the gradients but in batches of 150.
    public static TheoryData<string, string, int, int> Crowds() => new MatrixTheoryData<string, string, int, int>(
        [.. KernelPaths.Supported().Select(KernelPaths.Name)], ["linear", "logistic", "softmax"], [2, 17, 30, 64], [5, 16, 50, 150]);

    [Theory]
    [MemberData(nameof(Crowds))]
    public void Run_EqualLanesButForRateScheduleAndRepeat_EveryLaneIsTheLaneAlone(string path, string name, int lanes, int batchSize)
    {
        var (model, kernel) = (Jobs.Models[name], KernelPaths.Parse(path)!.Value);
        var rows = Jobs.RowsFor(model);
        for (var optimizer = 0; optimizer < Jobs.Optimizers.Length; optimizer++)
        {
            // The last rates diverge, some of them in the middle of a turn.
            var specs = Enumerable.Range(1, lanes).Select(trial => Jobs.Lane(trial) with
            {
                Parameters = Jobs.Lane(trial).Parameters with { LearningRate = 1e-4 * Math.Pow(10, 10.0 * trial / lanes), Optimizer = Jobs.Optimizers[optimizer] },
            }).ToArray();

            var crowd = Jobs.Run(Jobs.Plan(model, batchSize, 2, specs), rows, kernel, Threads);

            foreach (var spec in specs.Where(spec => spec.Trial % 5 == 1 || spec.Trial == lanes))
            {
                var solo = Jobs.Run(Jobs.Plan(model, batchSize, 2, spec), rows, KernelPath.Portable, 1);
                Assert.Equal(solo.Transcript(spec.Trial), crowd.Transcript(spec.Trial));
            }
        }
    }

    // From 161 epochs on not every epoch is evaluated: lanes go on in their crowd, and only a checkpoint or a lane that ends has somebody look at them.
    [Theory]
    [InlineData("linear")]
    [InlineData("softmax")]
    public void Run_StoppedBetweenEvaluationsAndResumed_EveryLaneIsTheLaneAlone(string name)
    {
        var model = Jobs.Models[name];
        var rows = Jobs.RowsFor(model);
        var specs = Enumerable.Range(1, 30).Select(trial => Jobs.Lane(trial) with
        {
            Parameters = Jobs.Parameters(1e-4 * Math.Pow(10, 10.0 * trial / 30), new OptimizerSettings.Adam(), new ScheduleSettings.Constant()),
        }).ToArray();
        TrainingPlan Plan(params LaneSpec[] lanes) => Jobs.Plan(model, 16, 161, lanes);

        var cut = Jobs.Run(Plan(specs), rows, KernelPaths.Supported()[0], Threads, stopAt: rows.TrainRows);
        var resumed = Jobs.Run(Plan(specs), rows, KernelPaths.Supported()[0], Threads, cut.Checkpoint);

        foreach (var spec in specs.Where(spec => spec.Trial % 5 == 1 && !cut.Outcomes.ContainsKey(spec.Trial)))
        {
            Assert.Equal(Jobs.Run(Plan(spec), rows, KernelPath.Portable, 1).Transcript(spec.Trial), resumed.Transcript(spec.Trial));
        }
    }

    [Theory]
    [InlineData("linear", 1, 16, 1, "RowCrowd")]
    [InlineData("linear", 13, 64, 1, "RowCrowd")]
    [InlineData("linear", 14, 64, 1, "ColumnCrowd")]
    [InlineData("linear", 27, 64, 1, "RowCrowd")]
    [InlineData("linear", 32, 64, 1, "ColumnCrowd")]
    [InlineData("linear", 48, 64, 1, "RowCrowd")]
    [InlineData("logistic", 40, 16, 2, "RowCrowd RowCrowd")]
    [InlineData("logistic", 200, 16, 1, "ColumnCrowd ColumnCrowd ColumnCrowd RowCrowd")]
    [InlineData("softmax", 2, 16, 1, "RowCrowd")]
    [InlineData("softmax", 64, 16, 1, "RowCrowd")]
    [InlineData("linear", 40, 7, 1, "ColumnCrowd")]
    [InlineData("logistic", 2, 1, 1, "ColumnCrowd")]
    [InlineData("softmax", 40, 1, 1, "ColumnCrowd")]
    [InlineData("softmax", 2, 1, 1, "Lane Lane")]
    [InlineData("relu", 2, 16, 1, "Lane Lane")]
    public void Of_LanesOfAJob_TrainAsTheyTakeTheFewestVectors(string name, int lanes, int batchSize, int threads, string expected) =>
        Assert.Equal(expected, string.Join(' ', LaneWorks.Of(Lanes(Jobs.Models[name], new TrainingSpec(1, batchSize, 1), lanes), threads, []).Select(work => work.GetType().Name)));

    [Fact]
    public void Of_LanesThatNoCrowdHolds_StayAlone()
    {
        Assert.All(LaneWorks.Of(Lanes(Jobs.Models["linear"], new TrainingSpec(1, null, 1), 40, rows: 1000), 1, []), work => Assert.IsType<Lane>(work));
        Assert.All(LaneWorks.Of(Lanes(Jobs.Models["linear"], new TrainingSpec(1, 16, 1, GradientClip: 1), 40), 1, []), work => Assert.IsType<Lane>(work));
    }

    [Fact]
    public void Train_TurnThatCutsABatch_TrainsLaneByLane()
    {
        var model = Jobs.Models["linear"];
        var (whole, cut) = (Lanes(model, new TrainingSpec(1, 16, 1), 20), Lanes(model, new TrainingSpec(1, 16, 1), 20));
        var rows = Jobs.RowsFor(model);
        var tile = new RowTile(160, rows.FeatureCount);
        using var reader = rows.OpenEpoch(0, 0);
        reader.Read(tile);
        var scratch = new Scratch(whole[0].Layout);

        var crowd = Assert.IsType<Crowd>(LaneWorks.Of(whole, 1, []).Single(), exactMatch: false);
        crowd.Train(tile, 0, 160, 0, scratch);
        crowd.HandBack();
        var cutCrowd = Assert.IsType<Crowd>(LaneWorks.Of(cut, 1, []).Single(), exactMatch: false);
        cutCrowd.Train(tile, 0, 16, 0, scratch);
        cutCrowd.Train(tile, 16, 24, 0, scratch);
        cutCrowd.Train(tile, 40, 88, 0, scratch);
        cutCrowd.Train(tile, 128, 32, 0, scratch);
        cutCrowd.HandBack();

        Assert.All(whole.Zip(cut), pair => Assert.Equal(pair.First.Parameters.ToArray(), pair.Second.Parameters.ToArray()));
        Assert.All(cut, lane => Assert.Equal(10, lane.Step));
    }

    private static Lane[] Lanes(ModelSpec model, TrainingSpec training, int count, int rows = 173)
    {
        var data = Jobs.RowsFor(model);
        var network = Network.Of(model, data, KernelPaths.KernelsOf(KernelPaths.Supported()[0]));
        var shape = TrainingShape.Of(training, rows, double.MaxValue);
        return [.. Enumerable.Range(1, count).Select(trial => new Lane(
            Jobs.With(new LaneSpec(trial, 1, Jobs.Parameters(1e-3 * trial, new OptimizerSettings.Adam(), new ScheduleSettings.Constant())), model, training), network, shape))];
    }
}
