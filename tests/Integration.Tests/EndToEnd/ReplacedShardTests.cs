using CloudSweep.Integration.Tests.Cluster;
using CloudSweep.Protos.V1;

namespace CloudSweep.Integration.Tests.EndToEnd;

/// <summary>A sweep belongs to the versions of the shards that it was made with.</summary>
[Trait("Category", "Emulator")]
public sealed class ReplacedShardTests(CloudServices services)
{
    [Fact]
    public async Task Sweep_AShardIsReplacedMeanwhile_PausesAndSaysWhich()
    {
        await services.StartAsync();
        var prefix = $"replaced-{Guid.NewGuid():N}";
        foreach (var path in Directory.EnumerateFiles(TrainingData.Digits, "part-*.csv.gz"))
        {
            await services.Bucket.UploadAsync($"{prefix}/{Path.GetFileName(path)}", await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken));
        }

        await using var cluster = new ProcessCluster(services);
        await cluster.StartAsync(workers: 1);
        var sweep = await cluster.SubmitAsync(SweepFiles.Long($"gs://{CloudServices.BucketName}/{prefix}"));
        await cluster.WatchUntilAsync(sweep, progress => progress.State == SweepState.Running && progress.StepsDone > 0);
        await cluster.Workers[0].KillAsync();

        // The next Worker has nothing cached, so it reads all shards again.
        await services.Bucket.UploadAsync($"{prefix}/part-002.csv.gz", await File.ReadAllBytesAsync(Path.Combine(TrainingData.Digits, "part-001.csv.gz"), TestContext.Current.CancellationToken));
        await cluster.StartWorkerAsync();

        var paused = await cluster.WatchUntilAsync(sweep, progress => progress.State == SweepState.Paused);
        Assert.Contains("part-002.csv.gz", paused.Reason, StringComparison.Ordinal);
    }
}
