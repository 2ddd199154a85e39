using CloudSweep.Core.Domain;
using CloudSweep.Worker.Training;

namespace CloudSweep.Worker.Tests.Training;

/// <summary>Promise 2: a trial in a crowd is the trial alone, bit for bit.</summary>
public sealed class CrowdTests
{
    private static readonly ArrayRows Rows = Jobs.Rows();

    public static TheoryData<string, int, int> CrowdsInEveryPath()
    {
        var data = new TheoryData<string, int, int>();
        foreach (var path in KernelPaths.Supported())
        {
            foreach (var lanes in new[] { 2, 7, 64 })
            {
                foreach (var threads in new[] { 1, 2, 3 })
                {
                    data.Add(KernelPaths.Name(path), lanes, threads);
                }
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(CrowdsInEveryPath))]
    public void Run_Crowd_EveryLaneIsTheLaneAlone(string path, int lanes, int threads)
    {
        int?[] batchSizes = [16, null, 50];
        foreach (var (index, model) in Jobs.Models.Values.Index())
        {
            var batchSize = batchSizes[index % batchSizes.Length];
            var rows = Jobs.RowsFor(model);
            var kernel = KernelPaths.Parse(path)!.Value;
            var specs = Enumerable.Range(1, lanes).Select(Jobs.Lane).ToArray();

            var crowd = Jobs.Run(Jobs.Plan(model, batchSize, 3, specs), rows, kernel, threads);

            foreach (var spec in specs.Take(6))
            {
                var solo = Jobs.Run(Jobs.Plan(model, batchSize, 3, spec), rows, KernelPath.Portable, 1);
                Assert.Equal(solo.Transcript(spec.Trial), crowd.Transcript(spec.Trial));
            }
        }
    }

    [Theory]
    [MemberData(nameof(CrowdsInEveryPath))]
    public void Run_CrowdOfManyModelsAndBatchSizes_EveryLaneIsTheLaneAlone(string path, int lanes, int threads)
    {
        var specs = Enumerable.Range(1, lanes).Select(Jobs.MixedLane).ToArray();

        var crowd = Jobs.Run(Jobs.Plan(specs), Rows, KernelPaths.Parse(path)!.Value, threads);

        Assert.Equal(lanes, crowd.Outcomes.Count);
        foreach (var spec in specs.Take(36))
        {
            Assert.Equal(Jobs.Run(Jobs.Plan(spec), Rows, KernelPath.Portable, 1).Transcript(spec.Trial), crowd.Transcript(spec.Trial));
        }
    }

    [Theory]
    [InlineData(1e3)]
    [InlineData(1e30)]
    public void Run_NeighbourWithAbsurdRate_ChangesNoBit(double rate)
    {
        var spec = Jobs.Lane(3);
        var neighbours = Jobs.Optimizers.Select((optimizer, index) =>
            new LaneSpec(100 + index, 1, Jobs.Parameters(rate, optimizer, new ScheduleSettings.Constant())));
        foreach (var path in KernelPaths.Supported())
        {
            var solo = Jobs.Run(Jobs.Plan(Jobs.Mlp, 16, 4, spec), Rows, path, 1);

            var crowd = Jobs.Run(Jobs.Plan(Jobs.Mlp, 16, 4, [.. neighbours, spec]), Rows, path, 2);

            Assert.Equal(solo.Transcript(3), crowd.Transcript(3));
            Assert.Equal(rate > 1e20, crowd.Outcomes[100].State == TrialState.Diverged);
        }
    }

    [Fact]
    public void Train_NeighbourWithNaNWeights_ChangesNoBit()
    {
        var plan = Jobs.Plan(Jobs.Mlp, 16, 1, Jobs.Lane(1), Jobs.Lane(2));
        foreach (var path in KernelPaths.Supported())
        {
            var (healthy, _) = TrainOnce(plan, path, breakNeighbour: false);
            var (beside, broken) = TrainOnce(plan, path, breakNeighbour: true);

            Assert.Equal(healthy.Parameters.ToArray(), beside.Parameters.ToArray());
            Assert.Equal(TrialState.Diverged, broken.Outcome!.State);
        }
    }

    private static (Lane Lane, Lane Neighbour) TrainOnce(TrainingPlan plan, KernelPath path, bool breakNeighbour)
    {
        var (model, training) = (plan.Lanes[0].Parameters.Model, plan.Lanes[0].Parameters.Training);
        var network = Network.Of(model, Rows, KernelPaths.KernelsOf(path));
        var shape = TrainingShape.Of(training, Rows.TrainRows, plan.BaselineLoss);
        var lanes = plan.Lanes.Select(lane => new Lane(lane, network, shape)).ToArray();
        if (breakNeighbour)
        {
            lanes[1].Parameters.Fill(float.NaN);
        }

        var tile = new RowTile(160, Rows.FeatureCount);
        using var reader = Rows.OpenEpoch(0, 0);
        Assert.True(reader.Read(tile));
        using var crew = new LaneCrew(1, () => new Scratch(network.Layout));
        crew.Run(breakNeighbour ? lanes.Reverse().ToArray() : lanes, (lane, scratch) => lane.Train(tile, 0, scratch));
        return (lanes[0], lanes[1]);
    }
}
