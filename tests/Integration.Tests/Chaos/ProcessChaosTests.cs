using CloudSweep.Integration.Tests.Cluster;

namespace CloudSweep.Integration.Tests.Chaos;

/// <summary>Processes that are killed and stopped by signals. What containers go through as well is left to them where they are to be had.</summary>
[Trait("Category", "Emulator")]
public sealed class ProcessChaosTests(CloudServices services, LongSweep undisturbed) : ChaosTests(undisturbed)
{
    [Fact]
    public async Task Sweep_EveryNotificationComesElevenTimes_CompletesWithTheSameBits()
    {
        await using var cluster = await StartProcessesAsync();
        await using var echo = await NotificationEcho.StartAsync(services.PubSubAddress, CloudServices.Project, cluster.Topic, copies: 10);

        var sweep = await cluster.SubmitAsync(LongSweep.File);

        await AssertUndisturbedAsync(cluster, sweep);
        Assert.True(echo.Repeated > 0, "No notification was repeated.");
    }

    [Fact]
    public async Task Sweep_AllOfThisAtOnce_CompletesWithTheSameBits()
    {
        await using var cluster = await StartProcessesAsync();
        await using var echo = await NotificationEcho.StartAsync(services.PubSubAddress, CloudServices.Project, cluster.Topic, copies: 10);
        var sweep = await SubmitAsync(cluster);

        await cluster.Workers[0].KillAsync();
        await cluster.Workers[1].FreezeAsync();
        await cluster.Coordinator.KillAsync();
        await services.RestartPubSubAsync();
        await cluster.StartCoordinatorAsync();
        await cluster.Coordinator.WaitForLineAsync("Took job");
        await cluster.Workers[1].ThawAsync();
        await cluster.StartWorkerAsync();

        await AssertUndisturbedAsync(cluster, sweep);
    }

    private protected override async Task<SweepCluster> StartAsync(int workers)
    {
        await ProcessCluster.SkipWhereContainersRunAsync();
        return await StartProcessesAsync(workers);
    }

    private async Task<SweepCluster> StartProcessesAsync(int workers = 3) => await SweepCluster.StartedAsync(new ProcessCluster(services), workers);
}
