using CloudSweep.Core.Domain;
using CloudSweep.Protos.V1;
using SweepState = CloudSweep.Protos.V1.SweepState;

namespace CloudSweep.Coordinator.Tests.Lifecycle;

/// <summary>Sweeps of one file: which Worker serves which, what a new one takes the place of, and how its data differs.</summary>
public abstract class LineageTests(StoreChoice store) : LifecycleTests(store)
{
    [Fact]
    public async Task Acquire_WorkerOfOneSweep_GetsNoJobOfAnOlderOne()
    {
        var older = await SubmitAsync();
        var asked = await SubmitAsync(Samples.Submission(requestId: "request-2", fresh: true));
        var worker = new TestWorker(Host, "dedicated", sweep: asked);

        await worker.FinishEverythingAsync();

        await AssertCompletedAsync(asked);
        var left = (await DescribeAsync(older)).Progress;
        Assert.Equal((SweepState.Preparing, 0), (left.State, left.ShardsProfiled));
    }

    [Fact]
    public async Task Acquire_WorkerOfAPausedOrUnknownSweep_GetsNothing()
    {
        var sweep = await SubmitAsync();
        await Worker.FinishAsync(await Worker.AcquireOrFailAsync(), new AttemptFailure { Message = "gone", DataChanged = true });
        await SubmitAsync(Samples.Submission(requestId: "request-2", fresh: true));

        Assert.Null(await new TestWorker(Host, "dedicated", sweep: sweep).AcquireAsync());
        Assert.Null(await new TestWorker(Host, "lost", sweep: "nobody").AcquireAsync());
    }

    [Fact]
    public async Task Submit_Replacing_CancelsUnfinishedSweepsOfTheFileOnAnyData()
    {
        var first = await SubmitAsync();
        var second = await SubmitAsync(Submission("request-2", Shard("a", "2"), Shard("b")));

        var third = Submission("request-3", Shard("a"), Shard("b"));
        (third.Fresh, third.Replace) = (true, true);
        var submitted = await AnswerToAsync(third);

        Assert.Equal([first, second], submitted.Cancelled);
        Assert.Equal(SweepState.Cancelled, await StateAsync(first));
        Assert.Equal($"Started over as {submitted.Sweep}.", (await DescribeAsync(second)).Progress.Reason);
        Assert.Equal(SweepState.Preparing, await StateAsync(submitted.Sweep));
    }

    [Fact]
    public async Task Submit_Replacing_LeavesOtherFilesAndFinishedSweeps()
    {
        var finished = await SubmitAsync();
        await Worker.FinishEverythingAsync();
        var elsewhere = await SubmitAsync(Submission("request-2", new Shard("a", "file:///elsewhere/a.csv", 1000, "1", null)));
        var other = await SubmitAsync(Samples.Submission(Samples.Spec with { Repeats = 2 }, "request-3"));

        var again = Samples.Submission(requestId: "request-4", fresh: true);
        again.Replace = true;

        Assert.Empty((await AnswerToAsync(again)).Cancelled);
        Assert.Equal(SweepState.Completed, await StateAsync(finished));
        Assert.Equal(SweepState.Preparing, await StateAsync(elsewhere));
        Assert.Equal(SweepState.Preparing, await StateAsync(other));
    }

    [Fact]
    public async Task Submit_OtherVersionsOfTheData_SaysWhatChangedSinceTheNewest()
    {
        var first = await SubmitAsync();

        var submitted = await AnswerToAsync(Submission("request-2", Shard("a", "2"), Shard("c"), Shard("d"), Shard("e")));

        Assert.Equal(new DataChange { Since = first, Difference = "a changed, b is gone, c is new, 2 more differ" }, submitted.DataChange);
        Assert.False(submitted.Existed);
    }

    [Fact]
    public async Task Submit_SameData_SaysOfNoChange()
    {
        await SubmitAsync();

        Assert.Null((await AnswerToAsync(Samples.Submission(requestId: "request-2"))).DataChange);
        Assert.Null((await AnswerToAsync(Samples.Submission(requestId: "request-3", fresh: true))).DataChange);
    }

    private async Task<SubmitSweepResponse> AnswerToAsync(SubmitSweepRequest request) => await Host.Sweeps.SubmitSweepAsync(request);

    private static SubmitSweepRequest Submission(string requestId, params IReadOnlyList<Shard> shards)
    {
        var request = Samples.Submission(requestId: requestId);
        request.ShardTableJson = CanonicalJson.Write(new ShardTable(shards));
        return request;
    }

    private static Shard Shard(string key, string version = "1") => new(key, $"file:///data/{key}.csv", 1000, version, null);
}

public sealed class MemoryLineageTests() : LineageTests(StoreChoice.Memory);

public sealed class SqliteLineageTests() : LineageTests(StoreChoice.Sqlite);
