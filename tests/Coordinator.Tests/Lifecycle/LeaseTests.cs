using CloudSweep.Protos.V1;

namespace CloudSweep.Coordinator.Tests.Lifecycle;

/// <summary>Leases whose holder repeats itself, or leaves when its work is done.</summary>
public abstract class LeaseTests(StoreChoice store) : LifecycleTests(store)
{
    [Fact]
    public async Task Acquire_SameRequestAgain_RenewsTheLease()
    {
        await SubmitAsync();
        var worker = Worker;
        var grant = await worker.AcquireAsync("once");
        await Host.ReapAsync();

        Host.Time.Advance(TimeSpan.FromSeconds(50));
        await worker.AcquireAsync("once");
        Host.Time.Advance(TimeSpan.FromSeconds(50));
        await Host.ReapAsync();

        await worker.RenewAsync(grant!);
    }

    [Fact]
    public async Task Acquire_RequestOfAFinishedJobAgain_HoldsOneJobOnly()
    {
        await SubmitAsync();
        var worker = Worker;
        var profiling = await worker.AcquireAsync("again");
        await worker.ProfileAsync(profiling!);
        await worker.FinishAsync(profiling!);

        var first = await worker.AcquireAsync("again");
        var second = await worker.AcquireAsync("again");

        Assert.Equal(first, second);
    }

    [Fact]
    public async Task Lease_ExpiredWithNothingOpen_ClosesTheJobWithoutAWorker()
    {
        var sweep = await SubmitAndProfileAsync();
        var grants = new[] { await Worker.AcquireOrFailAsync(), await Worker.AcquireOrFailAsync() };
        foreach (var grant in grants)
        {
            await Worker.TrainAsync(grant);
        }

        await Host.ExpireLeasesAsync();

        await AssertCompletedAsync(sweep);
        await Worker.FinishAsync(grants[0]);
        Assert.Equal(Directive.Cancel, (await Worker.ReportAsync(grants[1], _ => { })).Directive);
    }

    [Fact]
    public async Task Release_WithNothingOpen_ClosesTheJob()
    {
        var sweep = await SubmitAsync();
        var profiling = await Worker.AcquireOrFailAsync();
        await Worker.ProfileAsync(profiling);

        await Worker.ReleaseAsync(profiling);

        Assert.Equal(SweepState.Running, await StateAsync(sweep));
    }

    [Fact]
    public async Task Release_OfAJobThatWasGivenBack_CountsNothing()
    {
        var sweep = await SubmitAsync();
        var profiling = await Worker.AcquireOrFailAsync();
        await ReleaseAsync(profiling, bytesRead: 10);

        await ReleaseAsync(profiling, bytesRead: 1000);

        Assert.Equal(10, (await DescribeAsync(sweep)).Progress.DataUse.BytesRead);
    }

    private async Task ReleaseAsync(Grant grant, long bytesRead) =>
        await Host.Jobs.ReleaseJobAsync(new ReleaseJobRequest { Lease = grant.Lease, Counters = new AttemptCounters { BytesRead = bytesRead } });
}

public sealed class MemoryLeaseTests() : LeaseTests(StoreChoice.Memory);

public sealed class SqliteLeaseTests() : LeaseTests(StoreChoice.Sqlite);
