using CloudSweep.Integration.Tests.Cluster;
using CloudSweep.Protos.V1;
using CloudSweep.TestSupport;

namespace CloudSweep.Integration.Tests.Scaling;

/// <summary>Workers from none to some and back, as KEDA would have them (shared/DESIGN.md §8).</summary>
[Trait("Category", "Emulator")]
public sealed class KedaTests(CloudServices services)
{
    private const int Parallelism = 3;
    private const int MaxReplicas = 2;

    [Fact]
    public async Task Sweep_WorkersScaledByKeda_GoesFromZeroToNAndBack()
    {
        using var local = new TemporaryFolder();
        // A busy machine must not cost a lease here: nobody dies.
        await using var cluster = new ProcessCluster(services) { Lease = TimeSpan.FromMinutes(1) };
        var address = await cluster.StartWithScalerAsync();
        await using var keda = cluster.OpenKeda(address);
        await using var kedaOfTwoSlots = cluster.OpenKeda(address, slotsPerWorker: 2);
        Assert.False(await keda.NextActivityAsync());
        Assert.Equal((0, 1), await keda.PollAsync());
        Assert.Equal(0, await keda.ReplicasAsync(MaxReplicas));

        var sweep = await cluster.SubmitAsync(SweepFile($"gs://{CloudServices.BucketName}/digits"));

        // One job reads the data. Activity is pushed: nobody asked since the sweep was submitted.
        Assert.True(await keda.NextActivityAsync());
        Assert.Equal((1, 1), await keda.PollAsync());
        Assert.Equal(1, await keda.ReplicasAsync(MaxReplicas));

        await cluster.StartWorkerAsync();
        await cluster.WatchUntilAsync(sweep, progress => progress.State == SweepState.Running);

        // Twelve jobs to train, three at once.
        Assert.Equal((Parallelism, 1), await keda.PollAsync());
        Assert.Equal(MaxReplicas, await keda.ReplicasAsync(MaxReplicas));
        Assert.Equal((Parallelism, 2), await kedaOfTwoSlots.PollAsync());
        Assert.Equal(2, await kedaOfTwoSlots.ReplicasAsync(max: 100));

        var second = await cluster.StartWorkerAsync();
        await second.WaitForLineAsync("Attempt 1 at job");
        Assert.Equal((Parallelism, 1), await keda.PollAsync());

        var metrics = await PollUntilCompletedAsync(cluster, keda, sweep);

        Assert.Equal(metrics.OrderDescending(), metrics);
        Assert.All(metrics, metric => Assert.InRange(metric, 0, Parallelism));
        Assert.False(await keda.NextActivityAsync());
        Assert.True(keda.IsQuiet);
        Assert.Equal((0, 1), await keda.PollAsync());
        Assert.Equal(0, await keda.ReplicasAsync(MaxReplicas));
        foreach (var worker in cluster.Workers)
        {
            Assert.Equal(0, await worker.StopAsync());
        }

        ResultFiles.AssertSame(await ResultFiles.OfLocalRunAsync(local, SweepFile(TrainingData.Digits)), await cluster.FinishAsync(sweep));
    }

    private static string SweepFile(string folder) => $$"""
        version: 1
        name: scaled-digits
        data: { train: "{{folder}}/part-*.csv.gz", label: label, validation: { fraction: 0.2 } }
        model: { kind: mlp, hidden: [64], activation: relu }
        training: { epochs: 60, batchSize: 32, seed: 7 }
        learningRate: { scale: log, min: 1e-3, max: 1, count: 12 }
        optimizer: sgd
        execution: { trialsPerJob: 1, parallelism: {{Parallelism}} }
        """;

    /// <summary>The metric, from poll to poll.</summary>
    private static async Task<IReadOnlyList<double>> PollUntilCompletedAsync(SweepCluster cluster, KedaClient keda, string sweep)
    {
        var metrics = new List<double>();
        var completing = cluster.WatchUntilAsync(sweep, progress => progress.State == SweepState.Completed);
        while (!completing.IsCompleted)
        {
            metrics.Add((await keda.PollAsync()).Metric);
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        await completing;
        return metrics;
    }
}
