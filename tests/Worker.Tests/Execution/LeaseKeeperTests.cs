using CloudSweep.Core.Domain;
using CloudSweep.Protos.V1;
using CloudSweep.Worker.Execution;
using CloudSweep.Worker.Execution.Coordination;
using Grpc.Core;

namespace CloudSweep.Worker.Tests.Execution;

public sealed class LeaseKeeperTests : IDisposable
{
    private static readonly TimeSpan Third = ScriptedCoordinator.LeaseDuration / 3;

    private readonly WatchedTime _time = new();
    private readonly ScriptedCoordinator _coordinator = new();
    private readonly AttemptProgress _progress = new();
    private readonly LeaseKeeper _keeper;

    public LeaseKeeperTests() => _keeper = new LeaseKeeper(
        new CoordinatorClient(_coordinator, Some.Capabilities, _time), Some.Lease, ScriptedCoordinator.LeaseDuration, [1, 2], _progress, _time);

    private static CancellationToken None => TestContext.Current.CancellationToken;

    public void Dispose() => _keeper.Dispose();

    [Fact]
    public async Task Run_NoNews_RenewsAtEveryThirdOfTheLease()
    {
        var keeping = _keeper.RunAsync(None);
        await _time.WaitForTimerAsync(Third);

        _time.Advance(Third - TimeSpan.FromMilliseconds(1));
        var before = _coordinator.Calls.Count;
        _time.Advance(TimeSpan.FromMilliseconds(1));
        await _coordinator.WaitForAsync<ReportProgressRequest>(1);
        await _time.WaitForTimerAsync(Third);
        _time.Advance(Third);
        var reports = await _coordinator.WaitForAsync<ReportProgressRequest>(2);

        _keeper.Outbox.Complete();
        await keeping;
        Assert.Equal(0, before);
        Assert.All(reports, report => Assert.Equal(Some.Lease.FencingToken, report.Lease.FencingToken));
    }

    [Fact]
    public async Task Run_CoordinatorAwayForAWhile_ReportsEveryMeasurementOnceInOrder()
    {
        var received = new List<long>();
        _coordinator.OnReport = ScriptedCoordinator.FailingFirst<ReportProgressRequest, ReportProgressResponse>(7, StatusCode.Unavailable, request =>
        {
            received.AddRange(request.Measurements.Select(measurement => measurement.Step));
            return ScriptedCoordinator.Answer(1, 2);
        });
        var keeping = _keeper.RunAsync(None);

        for (var step = 1; step <= 1234; step++)
        {
            await _keeper.Outbox.AddAsync(new News.Measured(Some.Window(1, step)), None);
        }

        _keeper.Outbox.Complete();
        await _time.RunUntilAsync(keeping);

        Assert.Equal(Enumerable.Range(1, 1234).Select(step => (long)step), received);
        Assert.All(_coordinator.CallsOf<ReportProgressRequest>(), report => Assert.InRange(report.Measurements.Count, 0, Outbox.BatchSize));
    }

    [Fact]
    public async Task Run_CoordinatorAwayLongerThanTheLease_KeepsTrying()
    {
        _coordinator.OnReport = _ => Task.FromException<ReportProgressResponse>(ScriptedCoordinator.Error(StatusCode.Unavailable));
        await _keeper.Outbox.AddAsync(new News.Measured(Some.Window(1, 1)), None);
        var start = _time.GetUtcNow();
        var keeping = _keeper.RunAsync(None);
        await _time.RunUntilAsync(PassAsync(start + (3 * ScriptedCoordinator.LeaseDuration)));
        var gaveUp = keeping.IsCompleted;

        _coordinator.OnReport = _ => Task.FromResult(ScriptedCoordinator.Answer(1, 2));
        _keeper.Outbox.Complete();
        await _time.RunUntilAsync(keeping);

        Assert.False(gaveUp);
        Assert.True(_keeper.Outbox.IsEmpty);
    }

    [Fact]
    public async Task Run_TokenReplaced_ThrowsLeaseLost()
    {
        _coordinator.OnReport = _ => Task.FromException<ReportProgressResponse>(ScriptedCoordinator.Error(StatusCode.FailedPrecondition));
        await _keeper.Outbox.AddAsync(new News.Measured(Some.Window(1, 1)), None);

        await Assert.ThrowsAsync<LeaseLostException>(() => _keeper.RunAsync(None));

        Assert.Single(_coordinator.Calls);
    }

    [Fact]
    public async Task Run_AnswerPauses_TellsTheAttempt()
    {
        _coordinator.OnReport = _ => Task.FromResult(ScriptedCoordinator.Answer(Directive.Pause, 2));
        await _keeper.Outbox.AddAsync(new News.Measured(Some.Window(1, 1)), None);
        _keeper.Outbox.Complete();

        await _keeper.RunAsync(None);

        Assert.Equal(JobDirective.Pause, _keeper.Directive);
        Assert.True(_keeper.Unwanted.IsCancellationRequested);
        Assert.Equal([2], _keeper.OpenTrials);
    }

    [Fact]
    public async Task Run_AllKindsOfNews_ArriveWithTotals()
    {
        _progress.Advance(64, 128);
        _progress.Data.AddTextRows(10);
        await _keeper.Outbox.AddAsync(new News.Measured(new Core.Domain.Measurement.Evaluation(1, 1, 64, 360, [new Metric(MetricNames.ValidationLoss, double.NaN, 0.1)])), None);
        await _keeper.Outbox.AddAsync(new News.Ended(new Core.Domain.TrialOutcome(1, Core.Domain.TrialState.Diverged, 64, "loss is NaN"), null), None);
        await _keeper.Outbox.AddAsync(new News.Checkpointed(new Worker.Execution.Coordination.CheckpointRef("s/3/7-64", 64, 100)), None);
        _keeper.Outbox.Complete();

        await _keeper.RunAsync(None);

        var report = Assert.Single(_coordinator.CallsOf<ReportProgressRequest>());
        Assert.True(double.IsNaN(report.Measurements.Single().Evaluation.Metrics.Single().Value));
        Assert.Equal(Protos.V1.TrialState.Diverged, report.Outcomes.Single().State);
        Assert.Equal("s/3/7-64", report.Checkpoint.Name);
        Assert.Equal((64, 128, 10), (report.Position, report.Counters.LaneRows, report.Counters.TextRows));
    }

    private async Task PassAsync(DateTimeOffset until) => await Task.Delay(until - _time.GetUtcNow(), _time, None);
}
