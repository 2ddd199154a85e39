using CloudSweep.Core.Domain;
using CloudSweep.Protos.V1;
using CloudSweep.Worker.Execution;
using CloudSweep.Worker.Execution.Coordination;
using CloudSweep.Worker.Safetensors;
using CloudSweep.Worker.Tests.Training;
using CloudSweep.Worker.Training;
using Grant = CloudSweep.Worker.Execution.Coordination.Grant;

namespace CloudSweep.Worker.Tests.Execution;

public sealed class TestAttemptTests : IDisposable
{
    private const string Model = "digits-12345678/2/4-trial-5";
    private const int TestRows = 30;

    private readonly WorkerParts _parts = new();
    private readonly ArrayRows _rows = new(featureCount: 1, classCount: 2, trainRows: 10, validationRows: 40) { TestRows = TestRows };

    public TestAttemptTests() => _parts.Data.Rows = _rows;

    private static Grant Grant => new(
        Some.Lease, 1, ScriptedCoordinator.LeaseDuration, Some.Spec, Some.Shards, "portable",
        new GrantedWork.Test(new LaneSpec(5, 1, Some.Parameters), new ModelRef(5, Model, 40, 1), Some.Profile));

    public void Dispose() => _parts.Dispose();

    [Fact]
    public async Task Run_TestRows_ReportsTheMetricsOfTheWinnerOnThemAlone()
    {
        await PutModelAsync();
        var right = Enumerable.Range(10, TestRows).Count(row => _rows.Class(row) == (_rows.Row(row)[0] > 0 ? 1 : 0));

        var end = await _parts.RunAsync(Grant);

        var measured = Assert.Single(_parts.Coordinator.CallsOf<ReportProgressRequest>().SelectMany(report => report.Measurements));
        Assert.IsType<AttemptEnd.Finished>(end);
        Assert.Equal((5, 1, 40L, (long)TestRows), (measured.Trial, measured.Try, measured.Step, measured.Test.Rows));
        Assert.Equal((double)right / TestRows, measured.Test.Metrics.Single(metric => metric.Name == "test_accuracy").Value);
        Assert.All(measured.Test.Metrics, metric => Assert.StartsWith("test_", metric.Name, StringComparison.Ordinal));
        Assert.Equal(0, _parts.Coordinator.CallsOf<ReportProgressRequest>()[^1].Counters.TextRows);
    }

    [Fact]
    public async Task Run_DataChanged_FailsAsTrainingWould()
    {
        await PutModelAsync();
        _parts.Data.OnOpen = _ => throw new DataErrorException("The rows are of no use.");

        var failure = Assert.IsType<AttemptEnd.Failed>(await _parts.RunAsync(Grant)).Failure;

        Assert.True(failure.Permanent);
        Assert.Equal("The rows are of no use.", failure.Message);
    }

    [Fact]
    public async Task Run_ModelOfOtherShape_FailsAndMeasuresNothing()
    {
        _parts.Data.Rows = new ArrayRows(featureCount: 2, classCount: 2, trainRows: 10, validationRows: 40) { TestRows = TestRows };
        await PutModelAsync();

        var end = await _parts.RunAsync(Grant);

        Assert.Contains(nameof(MalformedDocumentException), Assert.IsType<AttemptEnd.Failed>(end).Failure.Message, StringComparison.Ordinal);
        Assert.Empty(_parts.Coordinator.CallsOf<ReportProgressRequest>().SelectMany(report => report.Measurements));
    }

    [Fact]
    public async Task Run_ModelGone_FailsForNow()
    {
        var end = await _parts.RunAsync(Grant);

        Assert.False(Assert.IsType<AttemptEnd.Failed>(end).Failure.Permanent);
    }

    [Fact]
    public async Task Run_WorkerStops_GivesTheJobBack()
    {
        await PutModelAsync();
        await _parts.StopAsync();

        Assert.Equal(new AttemptEnd.Released(StopReasons.ShuttingDown), await _parts.RunAsync(Grant));
    }

    /// <summary>Says class 1 where x is positive.</summary>
    private Task PutModelAsync()
    {
        using var file = new MemoryStream();
        SafetensorsWriter.Write(file, new TensorFile(new Dictionary<string, string>(), [new Tensor("layers.0.weight", [2, 1], [-1, 1]), new Tensor("layers.0.bias", [2], [0, 0])]));
        return _parts.PutCheckpointAsync(Model, file.ToArray());
    }
}
