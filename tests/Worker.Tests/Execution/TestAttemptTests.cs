using CloudSweep.Core.Domain;
using CloudSweep.Protos.V1;
using CloudSweep.Worker.Execution;
using CloudSweep.Worker.Execution.Coordination;
using CloudSweep.Worker.Safetensors;
using CloudSweep.Worker.Training;
using Grant = CloudSweep.Worker.Execution.Coordination.Grant;

namespace CloudSweep.Worker.Tests.Execution;

public sealed class TestAttemptTests : IDisposable
{
    private const string Model = "digits-12345678/2/4-trial-5";

    private readonly WorkerParts _parts = new();

    public void Dispose() => _parts.Dispose();

    [Fact]
    public async Task Run_TestRows_ReportsTheMetricsOfTheWinnerOnThemAlone()
    {
        await PutModelAsync();

        var end = await _parts.RunAsync(await GrantAsync("x,label\n1,1\n-1,0\n1,0\n3,1\n"));

        var measured = Assert.Single(_parts.Coordinator.CallsOf<ReportProgressRequest>().SelectMany(report => report.Measurements));
        Assert.IsType<AttemptEnd.Finished>(end);
        Assert.Equal((5, 1, 40L, 4L), (measured.Trial, measured.Try, measured.Step, measured.Test.Rows));
        Assert.Equal(0.75, measured.Test.Metrics.Single(metric => metric.Name == "test_accuracy").Value);
        Assert.All(measured.Test.Metrics, metric => Assert.StartsWith("test_", metric.Name, StringComparison.Ordinal));
        Assert.Equal(4, _parts.Coordinator.CallsOf<ReportProgressRequest>()[^1].Counters.TextRows);
    }

    [Fact]
    public async Task Run_BadRow_FailsForGoodAndTellsWhere()
    {
        await PutModelAsync();

        var end = await _parts.RunAsync(await GrantAsync("x,label\n1,1\none,0\n"));

        var failure = Assert.IsType<AttemptEnd.Failed>(end).Failure;
        Assert.True(failure.Permanent);
        Assert.StartsWith("test.csv, line 3, column 'x': ", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_RowWithoutLabel_FailsForGood()
    {
        await PutModelAsync();

        var end = await _parts.RunAsync(await GrantAsync("x,label\n1,1\n1,\n"));

        Assert.StartsWith("1 of 2 test rows have no label", Assert.IsType<AttemptEnd.Failed>(end).Failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_ModelGone_FailsForNow()
    {
        var end = await _parts.RunAsync(await GrantAsync("x,label\n1,1\n"));

        Assert.False(Assert.IsType<AttemptEnd.Failed>(end).Failure.Permanent);
    }

    [Fact]
    public async Task Run_WorkerStops_GivesTheJobBack()
    {
        await PutModelAsync();
        await _parts.StopAsync();

        Assert.Equal(new AttemptEnd.Released(StopReasons.ShuttingDown), await _parts.RunAsync(await GrantAsync("x,label\n1,1\n")));
    }

    /// <summary>Says class 1 where x is positive.</summary>
    private Task PutModelAsync()
    {
        using var file = new MemoryStream();
        SafetensorsWriter.Write(file, new TensorFile(new Dictionary<string, string>(), [new Tensor("layers.0.weight", [2, 1], [-1, 1]), new Tensor("layers.0.bias", [2], [0, 0])]));
        return _parts.PutCheckpointAsync(Model, file.ToArray());
    }

    private async Task<Grant> GrantAsync(string text)
    {
        var test = await _parts.PutShardAsync("test.csv", text) with { Role = ShardRole.Test };
        return new Grant(
            Some.Lease, 1, ScriptedCoordinator.LeaseDuration, Some.Spec, new ShardTable([.. Some.Shards.Shards, test]), "portable",
            new GrantedWork.Test(new LaneSpec(5, 1, Some.Parameters), new ModelRef(5, Model, 40, 1), Some.Profile));
    }
}
