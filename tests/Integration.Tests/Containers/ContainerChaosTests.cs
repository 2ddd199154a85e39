using CloudSweep.Integration.Tests.Chaos;
using CloudSweep.Integration.Tests.Cluster;
using CloudSweep.TestSupport.Processes;

namespace CloudSweep.Integration.Tests.Containers;

/// <summary>Containers that are killed, paused, cut off and stopped.</summary>
[Trait("Category", "Container")]
public sealed class ContainerChaosTests(ContainerServices containers, LongSweep undisturbed) : ChaosTests(undisturbed)
{
    [Fact]
    public async Task Sweep_AWorkerIsCutOffBeyondItsLease_IsRefusedWhenItComesBack()
    {
        await using var cluster = await StartContainersAsync(workers: 3);
        var sweep = await SubmitAsync(cluster);

        await cluster.CutOffAsync(cluster.Workers[0]);
        await cluster.Coordinator.WaitForLineAsync("Took job");
        await cluster.ReconnectAsync(cluster.Workers[0]);

        await cluster.Workers[0].WaitForLineAsync("Lost the lease on job");
        await AssertUndisturbedAsync(cluster, sweep);
    }

    [Fact]
    public async Task Sweep_TheStorageRestartsWithoutCheckpoints_CompletesWithTheSameBits()
    {
        await using var cluster = await StartContainersAsync(workers: 1);
        var sweep = await cluster.SubmitAsync(LongSweep.FileOfOneJob);
        await cluster.UntilSavedTwiceAsync();

        await cluster.Workers[0].KillAsync();
        await cluster.Services.RestartStorageAsync();
        var next = await cluster.StartWorkerAsync();

        await next.WaitForLineAsync("is missing; training starts from the beginning");
        await AssertUndisturbedAsync(cluster, sweep);
    }

    [Fact]
    public async Task Sweep_AllOfThisAtOnce_CompletesWithTheSameBits()
    {
        await using var cluster = await StartContainersAsync(workers: 4);
        var (killed, frozen, cutOff, stopped) = (cluster.Workers[0], cluster.Workers[1], cluster.Workers[2], cluster.Workers[3]);
        var sweep = await SubmitAsync(cluster);

        await killed.KillAsync();
        await frozen.FreezeAsync();
        await cluster.CutOffAsync(cutOff);
        await cluster.Coordinator.KillAsync();
        await Task.WhenAll(cluster.Services.RestartPubSubAsync(), cluster.Services.RestartStorageAsync(), StopAsync(stopped));
        await cluster.StartCoordinatorAsync();
        await cluster.Coordinator.WaitForLineAsync("Took job");
        await frozen.ThawAsync();
        await cluster.ReconnectAsync(cutOff);
        await cluster.StartWorkerAsync();

        await AssertUndisturbedAsync(cluster, sweep);
    }

    private protected override async Task<SweepCluster> StartAsync(int workers) => await StartContainersAsync(workers);

    private static async Task StopAsync(IProgram worker) => Assert.Equal(0, await worker.StopAsync());

    private async Task<ContainerCluster> StartContainersAsync(int workers) => await SweepCluster.StartedAsync(await ContainerCluster.CreateAsync(containers), workers);
}
