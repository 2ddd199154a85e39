using CloudSweep.Core.Domain;
using CloudSweep.Protos.V1;
using Google.Rpc;
using Grpc.Core;
using Measurement = CloudSweep.Protos.V1.Measurement;
using SweepState = CloudSweep.Protos.V1.SweepState;
using TrialState = CloudSweep.Protos.V1.TrialState;

namespace CloudSweep.Coordinator.Tests.Lifecycle;

/// <summary>What people and Workers may ask, and what they are told when they ask wrongly.</summary>
public abstract class RequestTests(StoreChoice store) : LifecycleTests(store)
{
    [Fact]
    public async Task Submit_SameRequestAgain_ReturnsTheStoredSweep()
    {
        var first = await SubmitRawAsync(Samples.Submission());
        var again = await SubmitRawAsync(Samples.Submission());

        Assert.Equal((first.Sweep, true), (again.Sweep, again.Existed));
        Assert.False(first.Existed);
        Assert.Single((await Host.Sweeps.ListSweepsAsync(new ListSweepsRequest(), cancellationToken: TestContext.Current.CancellationToken)).Sweeps);
    }

    [Fact]
    public async Task List_PrefixOrMostGiven_HasThoseOnlyNewestFirst()
    {
        var first = await SubmitAsync();
        var second = await SubmitAsync(Samples.Submission(requestId: "request-2", fresh: true));

        Assert.Equal([second, first], await ListAsync(new ListSweepsRequest { IdPrefix = Samples.Spec.Name }));
        Assert.Equal([first], await ListAsync(new ListSweepsRequest { IdPrefix = first }));
        Assert.Equal([second], await ListAsync(new ListSweepsRequest { MaxSweeps = 1 }));
        Assert.Empty(await ListAsync(new ListSweepsRequest { IdPrefix = "nobody" }));
    }

    [Fact]
    public async Task Acquire_WorkerWithCheckpointsElsewhere_IsRefusedWithBothPlaces()
    {
        await SubmitAsync();
        var request = new AcquireJobRequest
        {
            RequestId = "acquire-1",
            Capabilities = new WorkerCapabilities { Worker = "w", NumericsVersion = 1, KernelPaths = { "portable" }, Slots = 1, Checkpoints = "gs://elsewhere/checkpoints" },
        };

        var refused = await Assert.ThrowsAsync<RpcException>(async () => await Host.Jobs.AcquireJobAsync(request, cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal(StatusCode.PermissionDenied, refused.StatusCode);
        Assert.Contains("gs://elsewhere/checkpoints", refused.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Submit_SameRequestWithOtherContent_IsAConflict()
    {
        await SubmitAsync();

        await AssertRefusedAsync(StatusCode.AlreadyExists, () => SubmitAsync(Samples.Submission(Samples.Spec with { Repeats = 2 })));
    }

    [Fact]
    public async Task Submit_SameContentByAnotherRequest_GoesOnUnlessFresh()
    {
        var first = await SubmitAsync();

        var same = await SubmitRawAsync(Samples.Submission(requestId: "request-2"));
        var fresh = await SubmitRawAsync(Samples.Submission(requestId: "request-3", fresh: true));

        Assert.Equal((first, true), (same.Sweep, same.Existed));
        Assert.NotEqual(first, fresh.Sweep);
        Assert.False(fresh.Existed);
    }

    [Fact]
    public async Task Submit_BrokenRules_TellsEveryField()
    {
        var request = Samples.Submission(Samples.Spec with { Repeats = 0, Training = new TrainingSpec(0, 32, 7) }, requestId: "");

        var exception = await Assert.ThrowsAsync<RpcException>(() => SubmitAsync(request));

        Assert.Equal(StatusCode.InvalidArgument, exception.StatusCode);
        var fields = exception.GetRpcStatus()!.GetDetail<BadRequest>()!.FieldViolations.Select(violation => violation.Field);
        Assert.Equal(["repeats", "request_id", "training.epochs"], fields.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"version\":1,\"name\":null}")]
    [InlineData("not json")]
    [InlineData(null)]
    public async Task Submit_SpecThatIsNone_IsRefused(string? spec)
    {
        var request = Samples.Submission();
        request.SpecJson = spec ?? request.SpecJson.Replace("\"optimizers\":[{", "\"optimizers\":[null,{", StringComparison.Ordinal);

        await AssertRefusedAsync(StatusCode.InvalidArgument, () => SubmitAsync(request));
    }

    [Theory]
    [InlineData("no-such-sweep")]
    [InlineData("")]
    public async Task Describe_NoSuchSweep_IsNotFound(string sweep)
    {
        await AssertRefusedAsync(StatusCode.NotFound, () => DescribeAsync(sweep));
        await AssertRefusedAsync(StatusCode.NotFound, () => MeasurementsAsync(sweep));
        await AssertRefusedAsync(StatusCode.NotFound, () => CancelAsync(sweep));
    }

    [Fact]
    public async Task Cancel_RunningSweep_EndsEverythingAndTellsTheWorker()
    {
        var sweep = await SubmitAndProfileAsync();
        var grant = await Worker.AcquireOrFailAsync();
        await Worker.ReportAsync(grant, report => report.Outcomes.Add(Samples.Outcome(grant.Train.Trials[0].Number)));

        Assert.Equal(SweepState.Cancelled, await CancelAsync(sweep));

        var description = await DescribeAsync(sweep);
        Assert.Equal((1, 3), (description.Progress.Trials.Completed, description.Progress.Trials.Cancelled));
        Assert.Equal("changed my mind", description.Progress.Reason);
        Assert.Equal(Directive.Cancel, (await Worker.ReportAsync(grant, _ => { })).Directive);
        await Worker.FinishAsync(grant);
        Assert.Null(await Worker.AcquireAsync());
        Assert.Equal(SweepState.Cancelled, await CancelAsync(sweep));
    }

    [Fact]
    public async Task Cancel_CompletedSweep_IsRefused()
    {
        var sweep = await SubmitAsync();
        await Worker.FinishEverythingAsync();

        await AssertRefusedAsync(StatusCode.FailedPrecondition, () => CancelAsync(sweep));
    }

    [Fact]
    public async Task Report_ThatBreaksRules_IsRefusedWhole()
    {
        var sweep = await SubmitAndProfileAsync();
        var grant = await Worker.AcquireOrFailAsync();
        var trial = grant.Train.Trials[0].Number;

        await AssertRefusedAsync(StatusCode.InvalidArgument, () => Worker.ReportAsync(grant, report =>
        {
            report.Measurements.Add(Samples.Evaluation(trial, 0.5));
            report.Outcomes.Add(Samples.Outcome(trial, TrialState.Cancelled));
        }));
        await AssertRefusedAsync(StatusCode.InvalidArgument, () => Worker.ReportAsync(grant, report => report.Outcomes.Add([Samples.Outcome(trial), Samples.Outcome(trial)])));
        await AssertRefusedAsync(StatusCode.InvalidArgument, () => Worker.ReportAsync(grant, report => report.Measurements.Add(new Measurement { Trial = trial })));
        await AssertRefusedAsync(StatusCode.InvalidArgument, () => Worker.ReportAsync(grant, report => report.Checkpoint = new CheckpointRef { Name = "../x/1-5", Position = 5 }));
        await AssertRefusedAsync(StatusCode.InvalidArgument, () => Worker.ReportAsync(grant, report => report.Lease = new LeaseKey { Job = "what?" }));
        Assert.Empty(await MeasurementsAsync(sweep));
    }

    [Fact]
    public async Task Report_AboutTrialsOfAnotherJob_ChangesNothing()
    {
        var sweep = await SubmitAndProfileAsync();
        var mine = await Worker.AcquireOrFailAsync();
        var theirs = (await Worker.AcquireOrFailAsync()).Train.Trials[0].Number;

        await Worker.ReportAsync(mine, report =>
        {
            report.Measurements.Add(Samples.Evaluation(theirs, 0.5));
            report.Outcomes.Add(Samples.Outcome(theirs));
        });

        Assert.Empty(await MeasurementsAsync(sweep));
        Assert.Equal(TrialState.Running, (await DescribeAsync(sweep)).Trials[theirs - 1].State);
    }

    [Fact]
    public async Task Report_ProfileThatIsNone_IsRefused()
    {
        await SubmitAsync();
        var grant = await Worker.AcquireOrFailAsync();

        await AssertRefusedAsync(StatusCode.InvalidArgument, () => Worker.ReportAsync(grant, report =>
            report.ShardProfiles.Add(new ShardProfileReport { ShardKey = "a", ProfileJson = "{}" })));
        await AssertRefusedAsync(StatusCode.InvalidArgument, () => Worker.ReportAsync(grant, report =>
            report.ShardProfiles.Add(new ShardProfileReport { ShardKey = "b", ProfileJson = Samples.Profile("a").ProfileJson })));
    }

    private async Task<SubmitSweepResponse> SubmitRawAsync(SubmitSweepRequest request) => await Host.Sweeps.SubmitSweepAsync(request);

    private async Task<SweepState> CancelAsync(string sweep) =>
        (await Host.Sweeps.CancelSweepAsync(new CancelSweepRequest { Sweep = sweep, Reason = "changed my mind" })).State;

    private async Task<IEnumerable<string>> ListAsync(ListSweepsRequest request) =>
        (await Host.Sweeps.ListSweepsAsync(request, cancellationToken: TestContext.Current.CancellationToken)).Sweeps.Select(sweep => sweep.Sweep);
}

public sealed class MemoryRequestTests() : RequestTests(StoreChoice.Memory);

public sealed class SqliteRequestTests() : RequestTests(StoreChoice.Sqlite);
