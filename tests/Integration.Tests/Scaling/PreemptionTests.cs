using System.Globalization;
using CloudSweep.Integration.Tests.Cluster;
using CloudSweep.Protos.V1;
using CloudSweep.TestSupport;

namespace CloudSweep.Integration.Tests.Scaling;

/// <summary>Workers on Spot machines lose no more than was trained since the last checkpoint, and nothing where they are told.</summary>
[Trait("Category", "Emulator")]
public sealed class PreemptionTests(CloudServices services)
{
    private const int Trials = 12;
    private const int Jobs = 4;
    private const int MaxReplicas = 3;
    private const int Seed = 20261126;

    private static readonly TimeSpan CheckpointInterval = TimeSpan.FromSeconds(2);

    // A checkpoint is taken at a turn's end, and it takes a while until it is stored.
    private static readonly TimeSpan TurnAndUpload = TimeSpan.FromSeconds(2);

    /// <summary>In an order of the seed, but the same number of both.</summary>
    private static readonly bool[] IsTold = [true, true, true, false, false, false];

    [Fact]
    public async Task Sweep_SpotWorkersArePreempted_CompletesAndLosesNoMoreThanACheckpointInterval()
    {
        using var local = new TemporaryFolder();
        await using var cluster = new ProcessCluster(services)
        {
            WorkerSettings = [$"--Checkpoints:Interval={CheckpointInterval}", "--Logging:LogLevel:CloudSweep.Worker.Execution=Debug"],
        };
        await using var keda = cluster.OpenKeda(await cluster.StartWithScalerAsync());
        var random = new Random(Seed);
        var spot = new SpotWorkers(cluster, keda, MaxReplicas, random);
        using var ending = new CancellationTokenSource();

        var sweep = await cluster.SubmitAsync(SweepFile($"gs://{CloudServices.BucketName}/digits"));
        var scaling = spot.ScaleAsync(ending.Token);
        var results = "";
        try
        {
            var kinds = IsTold.ToArray();
            random.Shuffle(kinds);
            foreach (var (index, isTold) in kinds.Index())
            {
                await cluster.WatchUntilAsync(sweep, progress => progress.State == SweepState.Running && progress.StepsDone >= progress.StepsTotal * (index + 1) / (kinds.Length + 2));
                await spot.PreemptAsync(isTold);
            }

            results = await cluster.FinishAsync(sweep);
        }
        finally
        {
            await ending.CancelAsync();
            await scaling;
        }

        ResultFiles.AssertSame(await ResultFiles.OfLocalRunAsync(local, SweepFile(TrainingData.Digits)), results);
        var trials = (await cluster.DescribeAsync(sweep)).Progress.Trials;
        Assert.Equal((Trials, Trials), (trials.Total, trials.Completed + trials.Diverged));
        AssertNothingIsLost(cluster, spot);
    }

    /// <summary>Every attempt goes on where the one before had saved, and what that one had trained since is bounded.</summary>
    private static void AssertNothingIsLost(SweepCluster cluster, SpotWorkers spot)
    {
        var pairs = cluster.Workers.SelectMany(TrainingAttempt.Read).Where(attempt => attempt.BeganAt is not null).GroupBy(attempt => attempt.Job)
            .Select(job => job.OrderBy(attempt => attempt.Number).ToArray())
            .SelectMany(attempts => attempts.Zip(attempts.Skip(1)))
            .ToArray();
        foreach (var (before, after) in pairs.Where(pair => !spot.Killed.ContainsKey(pair.First.Worker)))
        {
            Tell($"told, {before.Job}: given back at row {before.GivenBackRow}, went on at row {after.BeganRow}");
            Assert.Equal(before.GivenBackRow, after.BeganRow);
        }

        foreach (var (before, after) in pairs.Where(pair => spot.Killed.ContainsKey(pair.First.Worker)))
        {
            var lost = spot.Killed[before.Worker] - before.SavedAt(after.BeganRow);
            Tell($"not told, {before.Job}: went on at row {after.BeganRow}, {lost.TotalSeconds:F2} s of training were lost");
            Assert.InRange(lost, TimeSpan.Zero, CheckpointInterval + TurnAndUpload);
        }

        // Halves of a job would start from the beginning.
        Assert.Equal(1 + Jobs, cluster.Workers.SelectMany(TrainingAttempt.Read).DistinctBy(attempt => attempt.Job).Count());
        Assert.Contains(pairs, pair => spot.Killed.ContainsKey(pair.First.Worker));
        Assert.Contains(pairs, pair => !spot.Killed.ContainsKey(pair.First.Worker));
    }

    private static void Tell(FormattableString text) => TestContext.Current.TestOutputHelper?.WriteLine(text.ToString(CultureInfo.InvariantCulture));

    private static string SweepFile(string folder) => $$"""
        version: 1
        name: spot-digits
        data: { train: "{{folder}}/part-*.csv.gz", label: label, validation: { fraction: 0.2 } }
        model: { kind: mlp, hidden: [64], activation: relu }
        training: { epochs: 300, batchSize: 32, seed: 7 }
        learningRate: { scale: log, min: 1e-3, max: 1, count: {{Trials}} }
        optimizer: sgd
        execution: { trialsPerJob: {{Trials / Jobs}}, maxAttempts: 50 }
        """;
}
