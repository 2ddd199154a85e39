using CloudSweep.Protos.V1;
using CloudSweep.Worker.Execution.Coordination;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.Extensions.Logging;

namespace CloudSweep.Worker.Tests.Execution;

/// <summary>A Coordinator that does not accept the Worker's token, for now.</summary>
public sealed class RefusalTests : IDisposable
{
    private readonly WorkerParts _parts = new();

    public void Dispose() => _parts.Dispose();

    [Theory]
    [InlineData(StatusCode.Unauthenticated)]
    [InlineData(StatusCode.PermissionDenied)]
    public async Task RunOnce_Refused_AsksOnceAndPauses(StatusCode status)
    {
        _parts.Coordinator.OnAcquire = _ => Task.FromException<AcquireJobResponse>(ScriptedCoordinator.Error(status));
        var before = _parts.Time.GetUtcNow();

        await _parts.Time.RunUntilAsync(_parts.Slot.RunOnceAsync(TimeSpan.Zero));

        Assert.Single(_parts.Coordinator.CallsOf<AcquireJobRequest>());
        Assert.True(_parts.Time.GetUtcNow() - before >= TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task RunOnce_TokenIsReplacedDuringAJob_FinishesIt()
    {
        _parts.Coordinator.OnAcquire = _ => Task.FromResult(Some.WireTraining(1));
        _parts.Coordinator.OnFinish = ScriptedCoordinator.FailingFirst<FinishJobRequest, FinishJobResponse>(
            5, StatusCode.Unauthenticated, _ => new FinishJobResponse { Next = ScriptedCoordinator.Nothing() });

        await _parts.Time.RunUntilAsync(_parts.Slot.RunOnceAsync(TimeSpan.Zero));

        Assert.Equal(6, _parts.Coordinator.CallsOf<FinishJobRequest>().Count);
    }

    [Fact]
    public async Task RefusalLog_ManyRefusals_TellsTwiceAMinuteAtMost()
    {
        var log = new CountingLog();
        _parts.Coordinator.OnRelease = _ => Task.FromException<ReleaseJobResponse>(ScriptedCoordinator.Error(StatusCode.Unauthenticated));
        var jobs = new Jobs.JobsClient(_parts.Coordinator.Intercept(new RefusalLog(_parts.Time, log)));

        for (var call = 0; call < 4; call++)
        {
            await Assert.ThrowsAsync<RpcException>(async () => await jobs.ReleaseJobAsync(new ReleaseJobRequest(), cancellationToken: TestContext.Current.CancellationToken));
            _parts.Time.Advance(TimeSpan.FromSeconds(10));
        }

        Assert.Equal(2, log.Count);
    }

    private sealed class CountingLog : ILogger<RefusalLog>
    {
        public int Count { get; private set; }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => Count++;
    }
}
