using CloudSweep.Integration.Tests.Cluster;
using CloudSweep.Protos.V1;

namespace CloudSweep.Integration.Tests.Chaos;

/// <summary>Whatever dies, freezes, repeats or gets lost: N of N trials end, and every number is the one of an undisturbed run.</summary>
public abstract class ChaosTests(LongSweep undisturbed)
{
    [Fact]
    public async Task Sweep_AWorkerIsKilled_CompletesWithTheSameBits()
    {
        await using var cluster = await StartAsync(workers: 3);
        var sweep = await SubmitAsync(cluster);

        await cluster.Workers[0].KillAsync();

        await AssertUndisturbedAsync(cluster, sweep);
    }

    [Fact]
    public async Task Sweep_AWorkerFreezesBeyondItsLease_IsRefusedWhenItComesBack()
    {
        await using var cluster = await StartAsync(workers: 3);
        var sweep = await SubmitAsync(cluster);

        await cluster.Workers[0].FreezeAsync();
        await cluster.Coordinator.WaitForLineAsync("Took job");
        await cluster.Workers[0].ThawAsync();

        await cluster.Workers[0].WaitForLineAsync("Lost the lease on job");
        await AssertUndisturbedAsync(cluster, sweep);
    }

    [Fact]
    public async Task Sweep_TheCoordinatorIsKilledAndRestarted_CompletesWithTheSameBits()
    {
        await using var cluster = await StartAsync(workers: 3);
        var sweep = await SubmitAsync(cluster);

        await cluster.Coordinator.KillAsync();
        await cluster.StartCoordinatorAsync();

        await AssertUndisturbedAsync(cluster, sweep);
    }

    [Fact]
    public async Task Sweep_TheBrokerRestartsEmpty_CompletesWithTheSameBits()
    {
        await using var cluster = await StartAsync(workers: 2);
        var sweep = await SubmitAsync(cluster);

        await cluster.Services.RestartPubSubAsync();
        await cluster.StartWorkerAsync();

        await AssertUndisturbedAsync(cluster, sweep);
    }

    /// <summary>A cluster that is ready for work.</summary>
    private protected abstract Task<SweepCluster> StartAsync(int workers);

    /// <summary>Returns the long sweep's id once some of its steps are done and most are not.</summary>
    private protected static async Task<string> SubmitAsync(SweepCluster cluster)
    {
        var sweep = await cluster.SubmitAsync(LongSweep.File);
        await cluster.WatchUntilAsync(sweep, progress => progress.State == SweepState.Running && progress.StepsDone > progress.StepsTotal / 10);
        return sweep;
    }

    private protected async Task AssertUndisturbedAsync(SweepCluster cluster, string sweep)
    {
        ResultFiles.AssertSame(await undisturbed.RequireResultsAsync(), await cluster.FinishAsync(sweep));
        var trials = (await cluster.DescribeAsync(sweep)).Progress.Trials;
        Assert.Equal((LongSweep.Trials, LongSweep.Trials), (trials.Total, trials.Completed + trials.Diverged));
    }
}
