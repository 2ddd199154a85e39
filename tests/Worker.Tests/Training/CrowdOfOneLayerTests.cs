using CloudSweep.Core.Domain;
using CloudSweep.Worker.Training;

namespace CloudSweep.Worker.Tests.Training;

/// <summary>Lanes of one-layer models that train as one matrix: each is the lane alone, bit for bit, whoever else is in the matrix and whatever becomes of them.</summary>
public sealed class CrowdOfOneLayerTests
{
    private const int Threads = 2;

    public static TheoryData<string, string, int> Crowds() => new MatrixTheoryData<string, string, int>(
        [.. KernelPaths.Supported().Select(KernelPaths.Name)], ["linear", "logistic", "softmax"], [2, 16, 17, 40]);

    [Theory]
    [MemberData(nameof(Crowds))]
    public void Run_EqualLanesButForRateScheduleAndRepeat_EveryLaneIsTheLaneAlone(string path, string name, int lanes)
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

            var crowd = Jobs.Run(Jobs.Plan(model, 16, 2, specs), rows, kernel, Threads);

            foreach (var spec in specs.Where(spec => spec.Trial % 5 == 1 || spec.Trial == lanes))
            {
                var solo = Jobs.Run(Jobs.Plan(model, 16, 2, spec), rows, KernelPath.Portable, 1);
                Assert.Equal(solo.Transcript(spec.Trial), crowd.Transcript(spec.Trial));
            }
        }
    }

    [Theory]
    [InlineData("linear", 2, 1)]
    [InlineData("logistic", 40, 1)]
    [InlineData("logistic", 40, 2)]
    [InlineData("logistic", 200, 4)]
    [InlineData("softmax", 40, 1)]
    public void Of_LanesThatPayTogether_AreCrowds(string name, int lanes, int crowds)
    {
        var works = LaneWorks.Of(Lanes(Jobs.Models[name], new TrainingSpec(1, 16, 1), lanes), threads: crowds == 2 ? 2 : 1);

        Assert.Equal(crowds, works.Count);
        Assert.All(works, work => Assert.IsType<Crowd>(work));
    }

    [Fact]
    public void Of_LanesThatGainNothing_StayAlone()
    {
        // Five outputs of two lanes take two vectors one by one, and five as a block of sixteen lanes.
        Assert.All(LaneWorks.Of(Lanes(Jobs.Models["softmax"], new TrainingSpec(1, 16, 1), 2), 1), work => Assert.IsType<Lane>(work));
        Assert.All(LaneWorks.Of(Lanes(Jobs.Models["relu"], new TrainingSpec(1, 16, 1), 40), 1), work => Assert.IsType<Lane>(work));
        Assert.All(LaneWorks.Of(Lanes(Jobs.Models["linear"], new TrainingSpec(1, null, 1), 40, rows: 1000), 1), work => Assert.IsType<Lane>(work));
        Assert.All(LaneWorks.Of(Lanes(Jobs.Models["linear"], new TrainingSpec(1, 16, 1, GradientClip: 1), 40), 1), work => Assert.IsType<Lane>(work));
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

        LaneWorks.Of(whole, 1).Single().Train(tile, 0, 160, 0, scratch);
        var work = LaneWorks.Of(cut, 1).Single();
        work.Train(tile, 0, 40, 0, scratch);
        work.Train(tile, 40, 120, 0, scratch);

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
