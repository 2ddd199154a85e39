using CloudSweep.Integration.Tests.Cluster;
using CloudSweep.Protos.V1;
using CloudSweep.TestSupport;

namespace CloudSweep.Integration.Tests.EndToEnd;

/// <summary>A Coordinator and three Workers as processes, data in a bucket, notifications over Pub/Sub: the same bits as one process with local files.</summary>
[Trait("Category", "Emulator")]
public sealed class CloudSweepTests(CloudServices services)
{
    [Fact]
    public Task Sweep_DigitsInABucket_IsBitIdenticalToALocalRun() =>
        CompareAsync(SweepFiles.Digits, Repository.PathOf("examples", "data", "digits"), "digits", trials: 48);

    [Fact]
    public Task Sweep_MnistInABucket_IsBitIdenticalToALocalRun()
    {
        Assert.SkipUnless(Directory.Exists(CloudServices.Mnist), $"The data is not beside the repository: no folder {CloudServices.Mnist}.");
        return CompareAsync(SweepFiles.Mnist, CloudServices.Mnist, "mnist10k", trials: 12);
    }

    private async Task CompareAsync(Func<string, string> sweepFile, string folder, string prefix, int trials)
    {
        using var local = new TemporaryFolder();
        await using var cluster = new SweepCluster(services);
        await cluster.StartAsync(workers: 3);

        var sweep = await cluster.SubmitAsync(sweepFile($"gs://{CloudServices.Bucket}/{prefix}"));
        var results = await cluster.FinishAsync(sweep);

        ResultFiles.AssertSame(await ResultFiles.OfLocalRunAsync(local, sweepFile(folder)), results);
        var progress = (await cluster.Sweeps.DescribeSweepAsync(new DescribeSweepRequest { Sweep = sweep }, cancellationToken: TestContext.Current.CancellationToken)).Progress;
        Assert.Equal(trials, progress.Trials.Completed + progress.Trials.Diverged);
    }
}
