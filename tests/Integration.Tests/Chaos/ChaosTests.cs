using CloudSweep.Integration.Tests.Cluster;
using CloudSweep.Protos.V1;

namespace CloudSweep.Integration.Tests.Chaos;

/// <summary>Whatever dies, freezes, repeats or gets lost: N of N trials end, and every number is the one of an undisturbed run.</summary>
[Trait("Category", "Emulator")]
public sealed class ChaosTests(CloudServices services, LongSweep undisturbed) : IClassFixture<LongSweep>
{
    [Fact]
    public async Task Sweep_AWorkerIsKilled_CompletesWithTheSameBits()
    {
        await using var cluster = new SweepCluster(services);
        await cluster.StartAsync(workers: 3);
        var sweep = await SubmitAsync(cluster);
        await UntilInTheMiddleAsync(cluster, sweep);

        await cluster.Workers[0].KillAsync();

        await AssertUndisturbedAsync(cluster, sweep);
    }

    [Fact]
    public async Task Sweep_AWorkerFreezesBeyondItsLease_IsRefusedWhenItComesBack()
    {
        await using var cluster = new SweepCluster(services);
        await cluster.StartAsync(workers: 3);
        var sweep = await SubmitAsync(cluster);
        await UntilInTheMiddleAsync(cluster, sweep);

        await cluster.Workers[0].SignalAsync("STOP");
        await cluster.Coordinator.WaitForLineAsync("Took job");
        await cluster.Workers[0].SignalAsync("CONT");

        await cluster.Workers[0].WaitForLineAsync("Lost the lease on job");
        await AssertUndisturbedAsync(cluster, sweep);
    }

    [Fact]
    public async Task Sweep_TheCoordinatorIsKilledAndRestarted_CompletesWithTheSameBits()
    {
        await using var cluster = new SweepCluster(services);
        await cluster.StartAsync(workers: 3);
        var sweep = await SubmitAsync(cluster);
        await UntilInTheMiddleAsync(cluster, sweep);

        await cluster.Coordinator.KillAsync();
        await cluster.StartCoordinatorAsync();

        await AssertUndisturbedAsync(cluster, sweep);
    }

    [Fact]
    public async Task Sweep_TheBrokerRestartsEmpty_CompletesWithTheSameBits()
    {
        await using var cluster = new SweepCluster(services);
        await cluster.StartAsync(workers: 2);
        var sweep = await SubmitAsync(cluster);
        await UntilInTheMiddleAsync(cluster, sweep);

        await services.RestartPubSubAsync();
        cluster.StartWorker();

        await AssertUndisturbedAsync(cluster, sweep);
    }

    [Fact]
    public async Task Sweep_EveryNotificationComesElevenTimes_CompletesWithTheSameBits()
    {
        await using var cluster = new SweepCluster(services);
        await cluster.StartAsync(workers: 3);
        await using var echo = await NotificationEcho.StartAsync(services.PubSubAddress, CloudServices.Project, cluster.Topic, copies: 10);

        var sweep = await SubmitAsync(cluster);

        await AssertUndisturbedAsync(cluster, sweep);
        Assert.True(echo.Repeated > 0, "No notification was repeated.");
    }

    [Fact]
    public async Task Sweep_AllOfThisAtOnce_CompletesWithTheSameBits()
    {
        await using var cluster = new SweepCluster(services);
        await cluster.StartAsync(workers: 3);
        await using var echo = await NotificationEcho.StartAsync(services.PubSubAddress, CloudServices.Project, cluster.Topic, copies: 10);
        var sweep = await SubmitAsync(cluster);
        await UntilInTheMiddleAsync(cluster, sweep);

        await cluster.Workers[0].KillAsync();
        await cluster.Workers[1].SignalAsync("STOP");
        await cluster.Coordinator.KillAsync();
        await services.RestartPubSubAsync();
        await cluster.StartCoordinatorAsync();
        await cluster.Coordinator.WaitForLineAsync("Took job");
        await cluster.Workers[1].SignalAsync("CONT");
        cluster.StartWorker();

        await AssertUndisturbedAsync(cluster, sweep);
    }

    private static Task<string> SubmitAsync(SweepCluster cluster) => cluster.SubmitAsync(SweepFiles.Long($"gs://{CloudServices.Bucket}/digits"));

    /// <summary>Some steps are done and most are not.</summary>
    private static Task<SweepProgress> UntilInTheMiddleAsync(SweepCluster cluster, string sweep) =>
        cluster.WatchUntilAsync(sweep, progress => progress.State == SweepState.Running && progress.StepsDone > progress.StepsTotal / 10);

    private async Task AssertUndisturbedAsync(SweepCluster cluster, string sweep)
    {
        ResultFiles.AssertSame(undisturbed.Results, await cluster.FinishAsync(sweep));
        var trials = (await cluster.Sweeps.DescribeSweepAsync(new DescribeSweepRequest { Sweep = sweep }, cancellationToken: TestContext.Current.CancellationToken)).Progress.Trials;
        Assert.Equal((LongSweep.Trials, LongSweep.Trials), (trials.Total, trials.Completed + trials.Diverged));
    }
}
