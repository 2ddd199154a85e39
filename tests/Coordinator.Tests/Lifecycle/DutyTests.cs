using CloudSweep.Core.Domain;
using CloudSweep.Core.Ports;
using CloudSweep.Protos.V1;
using Grpc.Core;
using SweepState = CloudSweep.Protos.V1.SweepState;

namespace CloudSweep.Coordinator.Tests.Lifecycle;

/// <summary>What the Coordinator does by itself as time passes.</summary>
public abstract class DutyTests(StoreChoice store) : LifecycleTests(store, runsDuties: true)
{
    [Fact]
    public async Task Dispatcher_NewSweep_NotifiesWithoutDelay()
    {
        var pulling = PullAsync();

        var sweep = await SubmitAsync();

        Assert.Equal($"{sweep}/1", (await pulling)!.Job.ToString());
    }

    [Fact]
    public async Task Dispatcher_LostNotification_NotifiesAgain()
    {
        await SubmitAsync();
        var lost = await PullAsync();
        var pulling = PullAsync();

        await Host.AdvanceUntilAsync(() => Task.FromResult(pulling.IsCompleted));

        Assert.Equal(lost, await pulling);
    }

    [Fact]
    public async Task Notifications_TakenOneByOne_LeadToTheEndOfTheSweep()
    {
        var sweep = await SubmitAsync();

        for (var job = 1; job <= 3; job++)
        {
            await PullAsync();
            var grant = await Worker.AcquireOrFailAsync();
            await (grant.Profile is null ? Worker.TrainAsync(grant) : Worker.ProfileAsync(grant));
            await Worker.FinishAsync(grant);
        }

        await AssertCompletedAsync(sweep);
    }

    [Fact]
    public async Task Reaper_SilentWorker_GivesItsJobToAnother()
    {
        var sweep = await SubmitAndProfileAsync();
        var silent = new[] { await Worker.AcquireOrFailAsync(), await Worker.AcquireOrFailAsync() };
        var taken = new List<Grant>();

        await Host.AdvanceUntilAsync(async () =>
        {
            if (await Worker.AcquireAsync() is { } grant)
            {
                taken.Add(grant);
            }

            return taken.Count == 2;
        });

        Assert.Equal(silent.Select(grant => (grant.Lease.Job, 2)).Order(), taken.Select(grant => (grant.Lease.Job, grant.Attempt)).Order());
        foreach (var (former, next) in silent.Zip(taken.OrderBy(grant => grant.Lease.Job, StringComparer.Ordinal)))
        {
            await AssertRefusedAsync(StatusCode.FailedPrecondition, () => Worker.RenewAsync(former));
            await Worker.TrainAsync(next);
            await Worker.FinishAsync(next);
        }

        await AssertCompletedAsync(sweep);
    }

    [Fact]
    public async Task Reaper_WorkersThatDieAfterTheirLastReport_CompletesTheSweep()
    {
        var sweep = await SubmitAndProfileAsync();
        await Worker.TrainAsync(await Worker.AcquireOrFailAsync());
        await Worker.TrainAsync(await Worker.AcquireOrFailAsync());

        await Host.AdvanceUntilAsync(async () => await StateAsync(sweep) == SweepState.Completed);

        await AssertCompletedAsync(sweep);
    }

    [Fact]
    public async Task Reconciler_SweepWhoseExpansionWasCutOff_CompletesIt()
    {
        var whole = await SubmitAsync();
        var token = TestContext.Current.CancellationToken;
        await Host.Store.WriteAsync(
            transaction =>
            {
                var record = transaction.FindSweep(new SweepId(whole))!;
                transaction.InsertSweep(record with { Id = new SweepId("cut-off"), RequestId = "cut-off", IsExpanded = false, JobCount = 0, OpenJobs = 0 });
                return true;
            },
            token);

        await Host.AdvanceUntilAsync(async () => (await DescribeAsync("cut-off")).Trials.Count == Samples.Trials);
        await Host.AdvanceUntilAsync(async () => await Worker.AcquireAsync() is { Sweep: "cut-off" });
    }

    [Fact]
    public async Task Janitor_CheckpointOfAFinishedJob_DeletesIt()
    {
        await SubmitAndProfileAsync();
        var grant = await Worker.AcquireOrFailAsync();
        var token = TestContext.Current.CancellationToken;
        await Host.Checkpoints.CreateAsync(Samples.Checkpoint(grant).Name, (stream, cancellation) => stream.WriteAsync(new byte[] { 1 }, cancellation).AsTask(), token);
        await Worker.ReportAsync(grant, report => report.Checkpoint = Samples.Checkpoint(grant));
        await Worker.TrainAsync(grant);
        await Worker.FinishAsync(grant);

        await Host.AdvanceUntilAsync(async () => (await Host.Checkpoints.ListAsync(token)).Count == 0);
    }

    [Fact]
    public async Task Janitor_HostStops_DeletesTheModelsOfTheLosers()
    {
        await SubmitAndProfileAsync();
        while (await Worker.AcquireAsync() is { } grant)
        {
            await Worker.TrainWithModelsAsync(grant);
            await Worker.FinishAsync(grant);
        }

        await Host.RestartAsync();

        Assert.InRange((await Host.Checkpoints.ListAsync(TestContext.Current.CancellationToken)).Count, 1, 2);
    }

    private async Task<JobNotification?> PullAsync()
    {
        var delivery = await Host.Queue.PullAsync(TimeSpan.FromDays(1), TestContext.Current.CancellationToken);
        await delivery!.AcknowledgeAsync(TestContext.Current.CancellationToken);
        return delivery.Notification;
    }
}

public sealed class MemoryDutyTests() : DutyTests(StoreChoice.Memory);

public sealed class SqliteDutyTests() : DutyTests(StoreChoice.Sqlite);
