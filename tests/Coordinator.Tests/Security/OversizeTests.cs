using CloudSweep.Coordinator.Security;
using CloudSweep.Coordinator.Tests.Lifecycle;
using CloudSweep.Core.Domain;
using CloudSweep.Protos.V1;
using Grpc.Core;

namespace CloudSweep.Coordinator.Tests.Security;

/// <summary>What is too large, too much or no plain name is answered, and the Coordinator goes on.</summary>
public sealed class OversizeTests : IAsyncLifetime
{
    private SecureCoordinator _coordinator = null!;
    private Sweeps.SweepsClient _sweeps = null!;
    private Jobs.JobsClient _jobs = null!;

    private static CancellationToken None => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _coordinator = await SecureCoordinator.StartAsync();
        _sweeps = _coordinator.SweepsOf(_coordinator.AddToken("alice", CallerRole.Submitter));
        _jobs = _coordinator.JobsOf(_coordinator.AddToken("worker-1", CallerRole.Worker));
    }

    public ValueTask DisposeAsync() => _coordinator.DisposeAsync();

    [Fact]
    public async Task Submit_MessageOf100Megabytes_IsResourceExhausted()
    {
        var request = Samples.Submission();
        request.SpecJson = new string(' ', 100_000_000);

        await AssertRefusedAsync(StatusCode.ResourceExhausted, () => SubmitAgainAsync(request));
        await SubmitAsync(Samples.Submission());
    }

    [Fact]
    public async Task Submit_MessageOf100MegabytesWithoutToken_IsRefusedBeforeItIsRead()
    {
        var request = Samples.Submission();
        request.SpecJson = new string(' ', 100_000_000);

        var exception = await Assert.ThrowsAsync<RpcException>(async () => await _coordinator.SweepsOf(null).SubmitSweepAsync(request, cancellationToken: None));

        // The server says no and ends the stream while the client still sends; either may be seen first.
        Assert.True(exception.StatusCode is StatusCode.Unauthenticated or StatusCode.Internal or StatusCode.Unavailable, exception.Status.ToString());
        _coordinator.AssertLogged("Warning", "/SubmitSweep", "has no token");
    }

    [Fact]
    public async Task Submit_SpecOfABillionTrials_IsRefused()
    {
        var spec = Samples.Spec with { Repeats = 1_000_000_000 };

        await AssertRefusedAsync(StatusCode.InvalidArgument, () => SubmitAsync(Samples.Submission(spec)));
    }

    [Theory]
    [InlineData("file:///allowed/../../etc/passwd")]
    [InlineData("file:///allowed/%2e%2e/%2E%2E/etc/passwd")]
    [InlineData("file:///allowed/./data.csv")]
    [InlineData("file:///allowed/data.csv%00.gz")]
    [InlineData("file://server/share/data.csv")]
    [InlineData("/etc/passwd")]
    [InlineData("http://169.254.169.254/computeMetadata/v1/")]
    [InlineData("gs://")]
    [InlineData("gs://bucket")]
    public async Task Submit_ShardThatIsNoPlainPlace_IsRefused(string uri)
    {
        var request = Samples.Submission();
        request.ShardTableJson = CanonicalJson.Write(new ShardTable([new Shard("a", uri, 1, "1", null)]));

        await AssertRefusedAsync(StatusCode.InvalidArgument, () => SubmitAsync(request));
    }

    [Fact]
    public async Task Submit_ManyMistakes_AreToldInHeadersThatClientsTake()
    {
        var request = Samples.Submission();
        request.ShardTableJson = CanonicalJson.Write(new ShardTable([.. Enumerable.Range(0, 5000).Select(index => new Shard($"{index}", "/" + new string('x', 5000), 1, "1", null))]));

        var exception = await AssertRefusedAsync(StatusCode.InvalidArgument, () => SubmitAsync(request));

        Assert.Contains("more mistakes", exception.GetRpcStatus()!.GetDetail<Google.Rpc.BadRequest>()!.FieldViolations[^1].Description, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Describe_SweepIdOfAMegabyte_IsNotFound() =>
        await AssertRefusedAsync(StatusCode.NotFound, async () => await _sweeps.DescribeSweepAsync(new DescribeSweepRequest { Sweep = new string('x', 1 << 20) }, cancellationToken: None));

    [Fact]
    public async Task Cancel_ReasonOfAMegabyte_IsRefused()
    {
        var sweep = (await SubmitAsync(Samples.Submission())).Sweep;

        await AssertRefusedAsync(StatusCode.InvalidArgument, async () =>
            await _sweeps.CancelSweepAsync(new CancelSweepRequest { Sweep = sweep, Reason = new string('x', 1 << 20) }, cancellationToken: None));
    }

    [Fact]
    public async Task Report_TenThousandTrialsOfNoJob_ChangesNothing()
    {
        var (sweep, grant) = await GrantAsync();
        var report = new ReportProgressRequest { Lease = grant.Lease };
        report.Outcomes.Add(Enumerable.Range(1, 10_000).Select(trial => Samples.Outcome(trial)));

        await _jobs.ReportProgressAsync(report, cancellationToken: None);

        Assert.Equal(0, (await _sweeps.DescribeSweepAsync(new DescribeSweepRequest { Sweep = sweep }, cancellationToken: None)).Progress.Trials.Completed);
    }

    [Fact]
    public async Task Report_MoreTrialsThanAnySweepHas_IsRefused()
    {
        var (_, grant) = await GrantAsync();
        var report = new ReportProgressRequest { Lease = grant.Lease };
        report.Outcomes.Add(Enumerable.Range(1, 100_001).Select(trial => Samples.Outcome(trial)));

        await AssertRefusedAsync(StatusCode.InvalidArgument, async () => await _jobs.ReportProgressAsync(report, cancellationToken: None));
    }

    [Theory]
    [InlineData("../../etc/passwd")]
    [InlineData("/etc/passwd")]
    [InlineData("gs://another/x")]
    public async Task Report_CheckpointNamedLikeAPath_IsRefused(string name)
    {
        var (_, grant) = await GrantAsync();
        var report = new ReportProgressRequest { Lease = grant.Lease, Checkpoint = new CheckpointRef { Name = name, Position = 5 } };

        await AssertRefusedAsync(StatusCode.InvalidArgument, async () => await _jobs.ReportProgressAsync(report, cancellationToken: None));
    }

    [Fact]
    public async Task Finish_FailureOfAMegabyte_IsCut()
    {
        var (sweep, grant) = await GrantAsync();

        await _jobs.FinishJobAsync(new FinishJobRequest { Lease = grant.Lease, Failure = new AttemptFailure { Message = new string('x', 1 << 20), Permanent = true } }, cancellationToken: None);

        var reason = (await _sweeps.DescribeSweepAsync(new DescribeSweepRequest { Sweep = sweep }, cancellationToken: None)).Progress.Reason;
        Assert.InRange(reason.Length, 1, 20_000);
    }

    private async Task<SubmitSweepResponse> SubmitAsync(SubmitSweepRequest request) => await _sweeps.SubmitSweepAsync(request, cancellationToken: None);

    /// <summary>On a busy machine the server ends the connection of a client that goes on sending before the client has read its answer: UNAVAILABLE, which says to try again.</summary>
    private async Task<SubmitSweepResponse> SubmitAgainAsync(SubmitSweepRequest request)
    {
        while (true)
        {
            try
            {
                return await SubmitAsync(request);
            }
            catch (RpcException exception) when (exception.StatusCode == StatusCode.Unavailable)
            {
                None.ThrowIfCancellationRequested();
            }
        }
    }

    private async Task<(string Sweep, Grant Grant)> GrantAsync()
    {
        var sweep = (await SubmitAsync(Samples.Submission())).Sweep;
        var answer = await _jobs.AcquireJobAsync(
            new AcquireJobRequest { RequestId = "acquire-1", Capabilities = new WorkerCapabilities { Worker = "w", NumericsVersion = 1, KernelPaths = { "portable" }, Slots = 1 } }, cancellationToken: None);
        return (sweep, answer.Granted);
    }

    private static async Task<RpcException> AssertRefusedAsync(StatusCode expected, Func<Task> call)
    {
        var exception = await Assert.ThrowsAsync<RpcException>(call);

        Assert.True(exception.StatusCode == expected, exception.Status.ToString());
        return exception;
    }
}
