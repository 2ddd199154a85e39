using CloudSweep.Core.Domain;
using CloudSweep.Core.Ports;
using CloudSweep.Protos.V1;
using CloudSweep.Worker.Execution;
using Grpc.Core;
using Microsoft.Extensions.Logging.Abstractions;

namespace CloudSweep.Worker.Tests.Execution;

public sealed class SlotTests : IDisposable
{
    private static readonly JobNotification Notification = new(Some.Lease.Job);

    private readonly WorkerParts _parts = new();

    private static CancellationToken None => TestContext.Current.CancellationToken;

    public void Dispose() => _parts.Dispose();

    [Fact]
    public async Task RunOnce_Answered_AcknowledgesTheNotification()
    {
        await _parts.Queue.PublishAsync([Notification], None);

        await _parts.Slot.RunOnceAsync(WorkerParts.QuietTime);

        _parts.Time.Advance(TimeSpan.FromHours(1));
        Assert.Null(await _parts.Queue.PullAsync(TimeSpan.Zero, None));
        Assert.Equal("digits-12345678/3", Assert.Single(_parts.Coordinator.CallsOf<AcquireJobRequest>()).Hint);
    }

    [Fact]
    public async Task RunOnce_CoordinatorAway_LeavesTheNotificationToComeAgain()
    {
        _parts.Coordinator.OnAcquire = _ => Task.FromException<AcquireJobResponse>(ScriptedCoordinator.Error(StatusCode.Unavailable));
        await _parts.Queue.PublishAsync([Notification], None);

        await _parts.Time.RunUntilAsync(_parts.Slot.RunOnceAsync(WorkerParts.QuietTime));

        _parts.Time.Advance(TimeSpan.FromHours(1));
        Assert.NotNull(await _parts.Queue.PullAsync(TimeSpan.Zero, None));
    }

    [Fact]
    public async Task RunOnce_CoordinatorAway_RepeatsTheSameWishLater()
    {
        _parts.Coordinator.OnAcquire = _ => Task.FromException<AcquireJobResponse>(ScriptedCoordinator.Error(StatusCode.Unavailable));
        await _parts.Time.RunUntilAsync(_parts.Slot.RunOnceAsync(TimeSpan.Zero));
        _parts.Coordinator.OnAcquire = _ => Task.FromResult(ScriptedCoordinator.Nothing());

        await _parts.Slot.RunOnceAsync(TimeSpan.Zero);
        await _parts.Slot.RunOnceAsync(TimeSpan.Zero);

        var ids = _parts.Coordinator.CallsOf<AcquireJobRequest>().Select(call => call.RequestId).ToList();
        Assert.Single(ids.SkipLast(1).Distinct());
        Assert.NotEqual(ids[0], ids[^1]);
    }

    [Fact]
    public async Task RunOnce_NoNotification_AsksAfterTheQuietTime()
    {
        var running = _parts.Slot.RunOnceAsync(WorkerParts.QuietTime);
        await _parts.Time.WaitForTimerAsync(WorkerParts.QuietTime);
        _parts.Time.Advance(WorkerParts.QuietTime - TimeSpan.FromMilliseconds(1));
        var before = _parts.Coordinator.Calls.Count;

        _parts.Time.Advance(TimeSpan.FromMilliseconds(1));
        await running;

        Assert.Equal(0, before);
        Assert.Equal("", Assert.Single(_parts.Coordinator.CallsOf<AcquireJobRequest>()).Hint);
    }

    [Theory]
    [InlineData(5, 5)]
    [InlineData(3600, 30)]
    [InlineData(0, 0.1)]
    public async Task RunOnce_NothingForYou_WaitsAsToldWithinTheQuietTime(double retryAfterSeconds, double patienceSeconds)
    {
        _parts.Coordinator.OnAcquire = _ => Task.FromResult(ScriptedCoordinator.Nothing(retryAfterSeconds));

        var patience = await _parts.Slot.RunOnceAsync(TimeSpan.Zero);

        Assert.Equal(TimeSpan.FromSeconds(patienceSeconds), patience);
    }

    [Fact]
    public async Task RunOnce_JobsInARow_FinishCarriesTheNextWish()
    {
        _parts.Coordinator.OnAcquire = _ => Task.FromResult(Some.WireTraining(1));
        var finished = 0;
        _parts.Coordinator.OnFinish = _ => Task.FromResult(new FinishJobResponse { Next = ++finished == 1 ? Some.WireTraining(2) : ScriptedCoordinator.Nothing() });

        await _parts.Slot.RunOnceAsync(TimeSpan.Zero);

        var finishes = _parts.Coordinator.CallsOf<FinishJobRequest>();
        Assert.Single(_parts.Coordinator.CallsOf<AcquireJobRequest>());
        Assert.Equal(2, finishes.Select(finish => finish.Next.RequestId).Distinct().Count());
        Assert.All(finishes, finish => Assert.Null(finish.Failure));
    }

    [Fact]
    public async Task RunOnce_FinishUnavailable_RepeatsItAsItWas()
    {
        _parts.Coordinator.OnAcquire = _ => Task.FromResult(Some.WireTraining(1));
        _parts.Coordinator.OnFinish = ScriptedCoordinator.FailingFirst<FinishJobRequest, FinishJobResponse>(
            6, StatusCode.Unavailable, _ => new FinishJobResponse { Next = ScriptedCoordinator.Nothing() });

        await _parts.Time.RunUntilAsync(_parts.Slot.RunOnceAsync(TimeSpan.Zero));

        var finishes = _parts.Coordinator.CallsOf<FinishJobRequest>();
        Assert.Equal(7, finishes.Count);
        Assert.Single(finishes.Distinct());
    }

    [Fact]
    public async Task RunOnce_AttemptFails_FinishSaysWhy()
    {
        _parts.Coordinator.OnAcquire = _ => Task.FromResult(Some.WireTraining(1));
        _parts.Data.OnOpen = _ => throw new DataErrorException("both sides need a row");

        await _parts.Slot.RunOnceAsync(TimeSpan.Zero);

        var failure = Assert.Single(_parts.Coordinator.CallsOf<FinishJobRequest>()).Failure;
        Assert.Equal(("both sides need a row", true), (failure.Message, failure.Permanent));
    }

    [Fact]
    public async Task RunOnce_LeaseLost_NeitherFinishesNorReleases()
    {
        _parts.Coordinator.OnAcquire = _ => Task.FromResult(Some.WireTraining(1));
        _parts.Coordinator.OnReport = _ => Task.FromException<ReportProgressResponse>(ScriptedCoordinator.Error(StatusCode.FailedPrecondition));
        _parts.Trainer.Script = (observer, _, _) => observer.Measured(Some.Window(1, 1));

        await _parts.Slot.RunOnceAsync(TimeSpan.Zero);

        Assert.Empty(_parts.Coordinator.CallsOf<FinishJobRequest>());
        Assert.Empty(_parts.Coordinator.CallsOf<ReleaseJobRequest>());
    }

    [Fact]
    public async Task RunOnce_WorkerStops_ReleasesWithTheReason()
    {
        _parts.Coordinator.OnAcquire = _ => Task.FromResult(Some.WireTraining(1));
        _parts.Trainer.Script = (observer, _, cancellationToken) => ScriptedTrainer.TurnUntilStopped(observer, cancellationToken);
        var running = _parts.Slot.RunOnceAsync(TimeSpan.Zero);
        await _parts.Trainer.Started;

        await _parts.StopAsync();
        await running;

        var release = Assert.Single(_parts.Coordinator.CallsOf<ReleaseJobRequest>());
        Assert.Equal((StopReasons.ShuttingDown, Some.Lease.FencingToken), (release.Reason, release.Lease.FencingToken));
        Assert.Empty(_parts.Coordinator.CallsOf<FinishJobRequest>());
        Assert.Contains(_parts.Coordinator.CallsOf<ReportProgressRequest>(), report => report.Checkpoint is not null);
    }

    [Fact]
    public async Task RunOnce_GrantedWhileStopping_GivesItBackAtOnce()
    {
        var answer = new TaskCompletionSource<AcquireJobResponse>();
        _parts.Coordinator.OnAcquire = _ => answer.Task;
        var running = _parts.Slot.RunOnceAsync(TimeSpan.Zero);
        await _parts.Coordinator.WaitForAsync<AcquireJobRequest>(1);

        await _parts.StopAsync();
        answer.SetResult(Some.WireTraining(1));
        await running;

        Assert.Single(_parts.Coordinator.CallsOf<ReleaseJobRequest>());
        Assert.Null(_parts.Trainer.Plan);
    }

    [Fact]
    public async Task RunOnce_BrokerSilentWhileStopping_GivesTheJobBackInTime()
    {
        var broker = new SilentBroker(Notification);
        var slot = new Slot(broker, _parts.Client, _parts.Runner, _parts.Drain, WorkerParts.QuietTime, _parts.Time, NullLogger.Instance);
        _parts.Coordinator.OnAcquire = _ => Task.FromResult(Some.WireTraining(1));
        var running = slot.RunOnceAsync(TimeSpan.Zero);
        await broker.Acknowledging;

        await _parts.StopAsync();
        _parts.Time.Advance(WorkerParts.DrainTimeout);
        await running;

        Assert.Single(_parts.Coordinator.CallsOf<ReleaseJobRequest>());
    }

    [Fact]
    public async Task RunOnce_UnreadableGrant_GivesItBackAsFailedForNow()
    {
        var response = Some.WireTraining(1);
        response.Granted.Train.ProfileJson = "?";
        _parts.Coordinator.OnAcquire = _ => Task.FromResult(response);

        await _parts.Time.RunUntilAsync(_parts.Slot.RunOnceAsync(TimeSpan.Zero));

        Assert.False(Assert.Single(_parts.Coordinator.CallsOf<FinishJobRequest>()).Failure.Permanent);
    }

    [Fact]
    public async Task RunOnce_AttemptsFailHere_PausesLongerBeforeTheNextJob()
    {
        _parts.Coordinator.OnAcquire = _ => Task.FromResult(Some.WireTraining(1));
        _parts.Data.OnOpen = _ => throw new IOException("No space left on device");
        TimeSpan[] pauses = [.. Enumerable.Range(0, 5).Select(failures => TimeSpan.FromSeconds(1 << failures)), WorkerParts.QuietTime, WorkerParts.QuietTime];

        foreach (var pause in pauses)
        {
            var running = _parts.Slot.RunOnceAsync(TimeSpan.Zero);
            await _parts.Time.WaitForTimerAsync(pause);
            Assert.False(running.IsCompleted);
            _parts.Time.Advance(pause);
            await running;
        }

        Assert.All(_parts.Coordinator.CallsOf<FinishJobRequest>(), finish => Assert.Null(finish.Next));
        Assert.Equal(pauses.Length, _parts.Coordinator.CallsOf<AcquireJobRequest>().Count);
    }
}
