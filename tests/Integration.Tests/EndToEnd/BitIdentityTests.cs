using CloudSweep.Integration.Tests.Cluster;
using CloudSweep.TestSupport;

namespace CloudSweep.Integration.Tests.EndToEnd;

/// <summary>A Coordinator and three Workers, data in a bucket, notifications over Pub/Sub: the same bits as one process with local files.</summary>
public abstract class BitIdentityTests
{
    [Fact]
    public Task Sweep_DigitsInABucket_IsBitIdenticalToALocalRun() => CompareAsync(SweepFiles.Digits, TrainingData.Digits, "digits", trials: 48);

    [Fact]
    public Task Sweep_MnistInABucket_IsBitIdenticalToALocalRun()
    {
        Assert.SkipUnless(Directory.Exists(TrainingData.Mnist), $"The data is not beside the repository: no folder {TrainingData.Mnist}.");
        return CompareAsync(SweepFiles.Mnist, TrainingData.Mnist, "mnist10k", trials: 12);
    }

    private protected abstract Task<SweepCluster> CreateAsync();

    private async Task CompareAsync(Func<string, string> sweepFile, string folder, string prefix, int trials)
    {
        using var local = new TemporaryFolder();
        await using var cluster = await CreateAsync();
        await cluster.StartAsync(workers: 3);

        var sweep = await cluster.SubmitAsync(sweepFile($"gs://{CloudServices.BucketName}/{prefix}"));
        var results = await cluster.FinishAsync(sweep);

        ResultFiles.AssertSame(await ResultFiles.OfLocalRunAsync(local, sweepFile(folder)), results);
        var progress = (await cluster.DescribeAsync(sweep)).Progress;
        Assert.Equal(trials, progress.Trials.Completed + progress.Trials.Diverged);
    }
}
