using CloudSweep.Core.Domain;
using CloudSweep.Protos.V1;
using CloudSweep.Worker.Execution.Coordination;
using Grpc.Core;

namespace CloudSweep.Worker.Tests.Execution;

public sealed class CoordinatorClientTests
{
    private static readonly AcquireRequest Request = new("request-1", "hinted/1");

    private readonly WatchedTime _time = new();
    private readonly ScriptedCoordinator _coordinator = new();
    private readonly CoordinatorClient _client;

    public CoordinatorClientTests() => _client = new CoordinatorClient(_coordinator, Some.Capabilities, _time);

    private static CancellationToken None => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(StatusCode.Unavailable)]
    [InlineData(StatusCode.DeadlineExceeded)]
    [InlineData(StatusCode.ResourceExhausted)]
    public async Task Acquire_TransientStatus_RepeatsTheSameRequest(StatusCode status)
    {
        _coordinator.OnAcquire = ScriptedCoordinator.FailingFirst<AcquireJobRequest, AcquireJobResponse>(2, status, _ => ScriptedCoordinator.Nothing());

        var acquiring = _client.AcquireAsync(Request, None);
        await _time.RunUntilAsync(acquiring);

        Assert.IsType<AcquireResult.NothingForYou>(await acquiring);
        Assert.Equal(["request-1", "request-1", "request-1"], _coordinator.CallsOf<AcquireJobRequest>().Select(call => call.RequestId));
    }

    [Fact]
    public async Task Acquire_UnavailableForLong_GivesUpAfterAFewTries()
    {
        _coordinator.OnAcquire = _ => Task.FromException<AcquireJobResponse>(ScriptedCoordinator.Error(StatusCode.Unavailable));

        var acquiring = _client.AcquireAsync(Request, None);

        await Assert.ThrowsAsync<CoordinatorUnavailableException>(() => _time.RunUntilAsync(acquiring));
        Assert.InRange(_coordinator.Calls.Count, 2, 10);
    }

    [Fact]
    public async Task Acquire_Granted_GivesTheGrantInDomainWords()
    {
        _coordinator.OnAcquire = _ => Task.FromResult(Some.WireTraining(1, 2));

        var result = await _client.AcquireAsync(Request, None);

        var grant = Assert.IsType<AcquireResult.Granted>(result).Grant;
        var work = Assert.IsType<GrantedWork.Train>(grant.Work);
        Assert.Equal(Some.Lease, grant.Lease);
        Assert.Equal(CanonicalJson.Write(Some.Spec), CanonicalJson.Write(grant.Spec));
        Assert.Equal([1, 2], work.Trials.Select(trial => trial.Trial));
        Assert.All(work.Trials, trial => Assert.Equal(Some.Parameters, trial.Parameters));
        Assert.Null(work.Checkpoint);
    }

    [Fact]
    public async Task Acquire_SpecOfAnotherVersion_IsUnreadableWithItsLease()
    {
        var response = Some.WireTraining(1);
        response.Granted.SpecJson = "{\"future\":1}";
        _coordinator.OnAcquire = _ => Task.FromResult(response);

        var result = await _client.AcquireAsync(Request, None);

        Assert.Equal(Some.Lease, Assert.IsType<AcquireResult.Unreadable>(result).Lease);
    }

    [Fact]
    public async Task Acquire_Always_SaysWhatTheWorkerCan()
    {
        await _client.AcquireAsync(Request, None);

        var call = Assert.Single(_coordinator.CallsOf<AcquireJobRequest>());
        Assert.Equal(["avx2", "portable"], call.Capabilities.KernelPaths);
        Assert.Equal(("worker-1", 1, 1), (call.Capabilities.Worker, call.Capabilities.NumericsVersion, call.Capabilities.Slots));
        Assert.Equal("hinted/1", call.Hint);
    }

    [Fact]
    public async Task Report_BugOfTheCoordinator_IsNotRepeatedForever()
    {
        _coordinator.OnReport = _ => Task.FromException<ReportProgressResponse>(ScriptedCoordinator.Error(StatusCode.Internal));

        var reporting = _client.ReportAsync(Some.Lease, Empty, None);

        await Assert.ThrowsAsync<CoordinatorErrorException>(() => _time.RunUntilAsync(reporting));
    }

    [Fact]
    public async Task Report_UnknownDirective_Throws()
    {
        _coordinator.OnReport = _ => Task.FromResult(ScriptedCoordinator.Answer(Directive.Unspecified));

        await Assert.ThrowsAsync<CoordinatorErrorException>(() => _client.ReportAsync(Some.Lease, Empty, None));
    }

    [Fact]
    public async Task Report_CancelledWhileUnavailable_Throws()
    {
        _coordinator.OnReport = _ => Task.FromException<ReportProgressResponse>(ScriptedCoordinator.Error(StatusCode.Unavailable));
        using var cancel = new CancellationTokenSource();
        var reporting = _client.ReportAsync(Some.Lease, Empty, cancel.Token);
        await _coordinator.WaitForAsync<ReportProgressRequest>(1);

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reporting);
    }

    private static ProgressReport Empty { get; } = new([], [], [], [], null, default, 0);
}
