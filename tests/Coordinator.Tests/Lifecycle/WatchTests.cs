using CloudSweep.Protos.V1;
using Grpc.Core;

namespace CloudSweep.Coordinator.Tests.Lifecycle;

/// <summary>What somebody who watches a sweep is told.</summary>
public abstract class WatchTests(StoreChoice store) : LifecycleTests(store)
{
    [Fact]
    public async Task Watch_EveryChange_IsToldUntilTheSweepIsFinal()
    {
        var sweep = await SubmitAsync();
        using var watch = Watch(sweep);
        var first = await NextAsync(watch);
        Assert.Equal((SweepState.Preparing, 0), (first!.State, first.ShardsProfiled));

        await Worker.FinishProfileStageAsync();
        var training = await UntilAsync(watch, progress => progress.State == SweepState.Running);
        Assert.Equal((2, Samples.Trials), (training.ShardsProfiled, training.Trials.Pending));

        var grant = await Worker.AcquireOrFailAsync();
        await Worker.TrainAsync(grant);
        var half = await UntilAsync(watch, progress => progress.Trials.Completed > 0);
        Assert.Equal((2, SweepState.Running), (half.Trials.Completed, half.State));
        Assert.Equal(grant.Train.Trials.Max(trial => trial.Number), half.Best.Number);

        await Worker.FinishAsync(grant);
        await Worker.FinishEverythingAsync();
        var last = await UntilAsync(watch, progress => progress.State == SweepState.Completed);
        Assert.Equal(last.StepsTotal, last.StepsDone);
        Assert.Null(await NextAsync(watch));
    }

    [Fact]
    public async Task Watch_CancelledSweep_EndsWithTheReason()
    {
        var sweep = await SubmitAsync();
        using var watch = Watch(sweep);
        await NextAsync(watch);

        await Host.Sweeps.CancelSweepAsync(new CancelSweepRequest { Sweep = sweep, Reason = "changed my mind" }, cancellationToken: TestContext.Current.CancellationToken);

        var last = await NextAsync(watch);
        Assert.Equal((SweepState.Cancelled, "changed my mind"), (last!.State, last.Reason));
        Assert.Null(await NextAsync(watch));
    }

    [Fact]
    public async Task Watch_CoordinatorStops_IsToldToComeBack()
    {
        var sweep = await SubmitAsync();
        using var watch = Watch(sweep);
        await NextAsync(watch);
        var next = NextAsync(watch);

        Host.RequestStop();

        await AssertRefusedAsync(StatusCode.Unavailable, () => next);
    }

    [Fact]
    public async Task Watch_NoWorkerAsksForAMinute_SaysSoUntilOneDoes()
    {
        var sweep = await SubmitAsync();
        using var watch = Watch(sweep);
        await watch.ResponseStream.MoveNext(TestContext.Current.CancellationToken);
        Assert.False(watch.ResponseStream.Current.WaitsForWorker);

        Assert.True((await NextAsync(watch))!.WaitsForWorker);

        await Worker.AcquireOrFailAsync();
        Assert.False((await NextAsync(watch))!.WaitsForWorker);
    }

    [Fact]
    public async Task Watch_AWorkerTrainsAndNoneAsks_WaitsForNobody()
    {
        var sweep = await SubmitAsync();
        await Worker.FinishProfileStageAsync();
        await Worker.AcquireOrFailAsync();
        Host.Time.Advance(TimeSpan.FromMinutes(2));

        using var watch = Watch(sweep);

        Assert.False((await NextAsync(watch))!.WaitsForWorker);
    }

    private AsyncServerStreamingCall<SweepProgress> Watch(string sweep) =>
        Host.Sweeps.WatchSweep(new WatchSweepRequest { Sweep = sweep }, cancellationToken: TestContext.Current.CancellationToken);

    private async Task<SweepProgress> UntilAsync(AsyncServerStreamingCall<SweepProgress> watch, Func<SweepProgress, bool> isIt)
    {
        SweepProgress? progress;
        var revision = 0L;
        do
        {
            progress = await NextAsync(watch);
            Assert.NotNull(progress);
            Assert.True(progress.Revision > revision, "Nothing had changed.");
            revision = progress.Revision;
        }
        while (!isIt(progress));
        return progress;
    }

    /// <summary>What is told next; null at the end.</summary>
    private async Task<SweepProgress?> NextAsync(AsyncServerStreamingCall<SweepProgress> watch)
    {
        var reading = watch.ResponseStream.MoveNext(TestContext.Current.CancellationToken);
        await Host.AdvanceUntilAsync(async () =>
        {
            await Task.Yield();
            return reading.IsCompleted;
        });
        return await reading ? watch.ResponseStream.Current : null;
    }
}

public sealed class MemoryWatchTests() : WatchTests(StoreChoice.Memory);

public sealed class SqliteWatchTests() : WatchTests(StoreChoice.Sqlite);
