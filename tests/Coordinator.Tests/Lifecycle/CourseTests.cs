using CloudSweep.Protos.V1;
using Grpc.Core;

namespace CloudSweep.Coordinator.Tests.Lifecycle;

/// <summary>The normal course of a sweep.</summary>
public abstract class CourseTests(StoreChoice store) : LifecycleTests(store)
{
    [Fact]
    public async Task Submit_ThenProfileThenTrain_CompletesWithEveryTrialFinal()
    {
        var sweep = await SubmitAsync();
        Assert.Equal(SweepState.Preparing, await StateAsync(sweep));

        var profiling = await Worker.AcquireOrFailAsync();
        Assert.Equal(["a", "b"], profiling.Profile.ShardKeys);
        await Worker.ProfileAsync(profiling);
        await Worker.FinishAsync(profiling);
        Assert.Equal(SweepState.Running, await StateAsync(sweep));

        var first = await Worker.AcquireOrFailAsync();
        var second = await Worker.AcquireOrFailAsync();
        Assert.Equal([1, 2, 3, 4], first.Train.Trials.Concat(second.Train.Trials).Select(trial => trial.Number).Order());
        await Worker.TrainAsync(first);
        await Worker.FinishAsync(first);
        Assert.Equal(SweepState.Running, await StateAsync(sweep));
        await Worker.TrainAsync(second);
        await Worker.FinishAsync(second);

        await AssertCompletedAsync(sweep);
    }

    [Fact]
    public async Task Watch_Always_TellsTheStateAtOnceAndEndsWhenItIsFinal()
    {
        var sweep = await SubmitAsync();
        using var watch = Host.Sweeps.WatchSweep(new WatchSweepRequest { Sweep = sweep }, cancellationToken: TestContext.Current.CancellationToken);
        Assert.True(await watch.ResponseStream.MoveNext(TestContext.Current.CancellationToken));
        Assert.Equal(SweepState.Preparing, watch.ResponseStream.Current.State);

        await Worker.FinishEverythingAsync();
        var states = new List<SweepState>();
        var reading = Task.Run(async () =>
        {
            await foreach (var progress in watch.ResponseStream.ReadAllAsync(TestContext.Current.CancellationToken))
            {
                states.Add(progress.State);
            }
        }, TestContext.Current.CancellationToken);
        while (!reading.IsCompleted)
        {
            Host.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await reading;
        Assert.Equal(SweepState.Completed, states[^1]);
    }

    [Fact]
    public async Task Outcome_OfADivergedTrial_IsFinalBeforeItsJobEnds()
    {
        var sweep = await SubmitAndProfileAsync();
        var grant = await Worker.AcquireOrFailAsync();
        var diverged = grant.Train.Trials[0].Number;

        var answer = await Worker.ReportAsync(grant, report => report.Outcomes.Add(Samples.Outcome(diverged, TrialState.Diverged)));

        Assert.Equal([grant.Train.Trials[1].Number], answer.OpenTrials);
        Assert.Equal(TrialState.Diverged, (await DescribeAsync(sweep)).Trials[diverged - 1].State);
    }

    [Fact]
    public async Task Finish_WithARequestForMore_AnswersWithTheNextJob()
    {
        await SubmitAndProfileAsync();
        var grant = await Worker.AcquireOrFailAsync();
        await Worker.TrainAsync(grant);

        var response = await Host.Jobs.FinishJobAsync(new FinishJobRequest
        {
            Lease = grant.Lease,
            Next = new AcquireJobRequest { RequestId = "next", Capabilities = new WorkerCapabilities { Worker = "w", NumericsVersion = 1, KernelPaths = { "avx2" }, Slots = 1 } },
        }, cancellationToken: TestContext.Current.CancellationToken);

        Assert.NotEqual(grant.Lease.Job, response.Next.Granted.Lease.Job);
    }

    [Fact]
    public async Task Finish_WithARequestForMoreThatIsRefused_FinishesTheJobAllTheSame()
    {
        await SubmitAndProfileAsync();
        var grant = await Worker.AcquireOrFailAsync();
        await Worker.TrainAsync(grant);
        var request = new FinishJobRequest
        {
            Lease = grant.Lease,
            Next = new AcquireJobRequest
            {
                RequestId = "next",
                Capabilities = new WorkerCapabilities { Worker = "w", NumericsVersion = 1, KernelPaths = { "avx2" }, Slots = 1, Checkpoints = "gs://elsewhere/checkpoints" },
            },
        };

        var refused = await Assert.ThrowsAsync<RpcException>(async () => await Host.Jobs.FinishJobAsync(request, cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal(StatusCode.PermissionDenied, refused.StatusCode);
        Assert.True(Core.Domain.JobId.TryParse(grant.Lease.Job, out var id));
        Assert.Equal(Core.Domain.JobState.Finished, (await Host.Store.ReadAsync(view => view.FindJob(id), TestContext.Current.CancellationToken))?.State);
    }

    [Fact]
    public async Task Acquire_TwoSweeps_SharesWorkersFairly()
    {
        var older = await SubmitAsync();
        var younger = await SubmitAsync(Samples.Submission(Samples.Spec with { Name = "younger" }, "request-2"));
        foreach (var profiling in new[] { await Worker.AcquireOrFailAsync(), await Worker.AcquireOrFailAsync() })
        {
            await Worker.ProfileAsync(profiling);
            await Worker.FinishAsync(profiling);
        }

        var sweeps = new[] { await Worker.AcquireOrFailAsync(), await Worker.AcquireOrFailAsync() }.Select(grant => grant.Sweep);

        Assert.Equal([older, younger], sweeps);
    }

    [Fact]
    public async Task Acquire_ParallelismReached_GivesNothing()
    {
        await SubmitAndProfileAsync(Samples.Submission(Samples.Spec with { Execution = Samples.Spec.Execution with { Parallelism = 1 } }));
        await Worker.AcquireOrFailAsync();

        Assert.Null(await Worker.AcquireAsync());
    }

    [Fact]
    public async Task Dispatch_QueuedJobs_NotifiesOnceAndAgainWhenNobodyComes()
    {
        var sweep = await SubmitAsync();

        await Host.DispatchAsync();
        await Host.DispatchAsync();
        Assert.Equal($"{sweep}/1", (await PullAsync())!.Job.ToString());
        Assert.Null(await PullAsync());

        Host.Time.Advance(TimeSpan.FromSeconds(31));
        await Host.DispatchAsync();
        Assert.Equal($"{sweep}/1", (await PullAsync())!.Job.ToString());
    }

    private async Task<Core.Ports.JobNotification?> PullAsync()
    {
        var delivery = await Host.Queue.PullAsync(TimeSpan.Zero, TestContext.Current.CancellationToken);
        if (delivery is not null)
        {
            await delivery.AcknowledgeAsync(TestContext.Current.CancellationToken);
        }

        return delivery?.Notification;
    }
}

public sealed class MemoryCourseTests() : CourseTests(StoreChoice.Memory);

public sealed class SqliteCourseTests() : CourseTests(StoreChoice.Sqlite);
