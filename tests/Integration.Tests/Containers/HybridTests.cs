using System.Text.RegularExpressions;
using CloudSweep.Integration.Tests.Chaos;
using CloudSweep.Integration.Tests.Cluster;
using CloudSweep.Protos.V1;
using CloudSweep.TestSupport.Processes;

namespace CloudSweep.Integration.Tests.Containers;

/// <summary>A Worker outside the cluster, which only calls out (docs/hybrid.md).</summary>
[Trait("Category", "Container")]
public sealed partial class HybridTests(ContainerServices containers, LongSweep undisturbed)
{
    private const int TrainingJobs = 6;

    [Fact]
    public async Task Sweep_AWorkerOutsideTheCluster_TrainsBesideTheOthersAndNobodyConnectsToIt()
    {
        await using var cluster = await ContainerCluster.CreateAsync(containers);
        await cluster.StartAsync(workers: 1);
        var outside = await cluster.StartOutsideWorkerAsync();

        var sweep = await cluster.SubmitAsync(LongSweep.File);
        await cluster.WatchUntilAsync(sweep, progress => progress.State == SweepState.Running && progress.StepsDone > progress.StepsTotal / 10);
        var (listens, remotePorts) = Sockets.Of(outside.Id);

        ResultFiles.AssertSame(await undisturbed.RequireResultsAsync(), await cluster.FinishAsync(sweep));
        Assert.False(listens);
        Assert.Subset(cluster.PublishedPorts.ToHashSet(), remotePorts.ToHashSet());
        var (inside, there) = (FinishedJobs(cluster.Workers[0]), FinishedJobs(outside));
        var firstTraining = inside.Concat(there).Max() - TrainingJobs + 1;
        Assert.Contains(inside, job => job >= firstTraining);
        Assert.Contains(there, job => job >= firstTraining);
    }

    [Fact]
    public async Task Sweep_TheLinkOfAWorkerBreaksForAMoment_TrainsOnAndKeepsItsLease()
    {
        await using var cluster = await ContainerCluster.CreateAsync(containers, lease: TimeSpan.FromMinutes(1));
        await cluster.StartAsync(workers: 2);
        var sweep = await cluster.SubmitAsync(LongSweep.File);
        await cluster.WatchUntilAsync(sweep, progress => progress.State == SweepState.Running && progress.StepsDone > progress.StepsTotal / 10);

        await cluster.CutOffAsync(cluster.Workers[0]);
        await cluster.ReconnectAsync(cluster.Workers[0]);

        ResultFiles.AssertSame(await undisturbed.RequireResultsAsync(), await cluster.FinishAsync(sweep));
        Assert.DoesNotContain("Took job", cluster.Coordinator.Said, StringComparison.Ordinal);
    }

    /// <summary>Numbers of the jobs that a Worker finished; those of training come last.</summary>
    private static int[] FinishedJobs(IProgram worker) =>
        [.. FinishedJob().Matches(worker.Said).Select(match => int.Parse(match.Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture))];

    [GeneratedRegex("at job [^ ]+/([0-9]+) ended: Finished")]
    private static partial Regex FinishedJob();
}
