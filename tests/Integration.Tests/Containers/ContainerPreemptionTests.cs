using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using CloudSweep.Integration.Tests.Chaos;
using CloudSweep.Integration.Tests.Cluster;
using CloudSweep.Protos.V1;
using CloudSweep.TestSupport.Processes;

namespace CloudSweep.Integration.Tests.Containers;

/// <summary>A Worker that is told to stop in the middle of training, as on a Spot node: it saves, gives its job back and is gone in time.</summary>
[Trait("Category", "Container")]
public sealed partial class ContainerPreemptionTests(ContainerServices containers, LongSweep undisturbed)
{
    // Nothing comes back here because a lease has ended.
    private static readonly TimeSpan LongLease = TimeSpan.FromMinutes(10);

    /// <summary>Every upload is stored, and never answered.</summary>
    private static readonly object SilentUploads = new { method = "POST", count = int.MaxValue, effect = new { kind = "stall" } };

    private static readonly TimeSpan TimeOnSpot = TimeSpan.FromSeconds(12);

    [Fact]
    public async Task Stop_WhileTraining_ExitsInTimeAndNothingIsTrainedTwice()
    {
        await using var cluster = await StartAsync();
        var sweep = await SubmitAsync(cluster);

        await AssertGoneWithinAsync(TimeOnSpot, cluster.Workers[0]);
        var next = await cluster.StartWorkerAsync();

        Assert.Equal(RowIn(await cluster.Workers[0].WaitForLineAsync("; all of it is saved")), RowIn(await next.WaitForLineAsync("Training job")));
        var described = await FinishUndisturbedAsync(cluster, sweep);
        Assert.Equal(LongSweep.Trials * LongSweep.Epochs * described.Data.TrainRows, described.Progress.LaneRows);
        Assert.DoesNotContain("Took job", cluster.Coordinator.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stop_WhileUploadsStall_ExitsInTimeAndTrainingGoesOnFromTheCheckpointBefore()
    {
        await using var cluster = await StartAsync();
        var sweep = await SubmitAsync(cluster);
        var saved = await cluster.UntilSavedTwiceAsync();

        await using (await cluster.Services.Bucket.DisturbAsync(SilentUploads))
        {
            await AssertGoneWithinAsync(TimeOnSpot, cluster.Workers[0]);
        }

        var next = await cluster.StartWorkerAsync();

        var row = RowIn(await next.WaitForLineAsync("Training job"));
        // One more may have been stored just before.
        Assert.InRange(row, saved.Min(name => long.Parse(name[(name.LastIndexOf('-') + 1)..], CultureInfo.InvariantCulture)), long.MaxValue);
        await FinishUndisturbedAsync(cluster, sweep);
        Assert.DoesNotContain("Took job", cluster.Coordinator.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Stop_WithAShorterDrainTime_IsGoneSooner()
    {
        await using var cluster = await StartAsync("--Worker:DrainTimeout=00:00:02");
        await SubmitAsync(cluster);

        await using var disturbance = await cluster.Services.Bucket.DisturbAsync(SilentUploads);

        await AssertGoneWithinAsync(TimeSpan.FromSeconds(6), cluster.Workers[0]);
    }

    [Fact]
    public async Task Stop_WithALongerDrainTime_HasTimeToSaveAtASlowStore()
    {
        await using var cluster = await StartAsync("--Worker:DrainTimeout=00:01:00", "--CloudStorage:IdleTimeout=00:00:06");
        await SubmitAsync(cluster);
        await using var disturbance = await cluster.Services.Bucket.DisturbAsync(new { method = "POST", count = 2, effect = new { kind = "stall" } });

        var elapsed = await AssertGoneWithinAsync(TimeSpan.FromSeconds(62), cluster.Workers[0]);
        var next = await cluster.StartWorkerAsync();

        Assert.True(elapsed > TimeOnSpot, $"It took {elapsed.TotalSeconds:0.0} s, so nothing has stalled.");
        Assert.Equal(RowIn(await cluster.Workers[0].WaitForLineAsync("; all of it is saved")), RowIn(await next.WaitForLineAsync("Training job")));
    }

    [Fact]
    public async Task Stop_WhileTheCoordinatorIsSilent_ExitsInTime()
    {
        await using var cluster = await StartAsync();
        await SubmitAsync(cluster);

        await cluster.Coordinator.FreezeAsync();

        await AssertGoneWithinAsync(TimeOnSpot, cluster.Workers[0]);
    }

    private static long RowIn(string line) => long.Parse(Row().Match(line).Groups[1].ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(" row ([0-9]+)")]
    private static partial Regex Row();

    private static async Task<TimeSpan> AssertGoneWithinAsync(TimeSpan limit, IProgram worker)
    {
        var watch = Stopwatch.StartNew();
        var exitCode = await worker.StopAsync();
        var elapsed = watch.Elapsed;

        Assert.True(exitCode == 0, $"Exit code {exitCode}:\n{worker.Said}");
        Assert.True(elapsed < limit, $"It took {elapsed.TotalSeconds:0.0} s:\n{worker.Said}");
        return elapsed;
    }

    /// <summary>The long sweep, being trained by the first Worker.</summary>
    private static async Task<string> SubmitAsync(SweepCluster cluster)
    {
        var sweep = await cluster.SubmitAsync(LongSweep.FileOfOneJob);
        await cluster.WatchUntilAsync(sweep, progress => progress.State == SweepState.Running && progress.StepsDone > 0);
        return sweep;
    }

    private async Task<SweepCluster> StartAsync(params string[] settings)
    {
        var cluster = await ContainerCluster.CreateAsync(containers, LongLease);
        cluster.WorkerSettings = settings;
        return await SweepCluster.StartedAsync(cluster, workers: 1);
    }

    private async Task<DescribeSweepResponse> FinishUndisturbedAsync(SweepCluster cluster, string sweep)
    {
        ResultFiles.AssertSame(await undisturbed.RequireResultsAsync(), await cluster.FinishAsync(sweep));
        return await cluster.DescribeAsync(sweep);
    }
}
