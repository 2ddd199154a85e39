using System.Globalization;
using System.Runtime.CompilerServices;
using CloudSweep.Benchmarks.Harness;

namespace CloudSweep.Benchmarks.Blocks;

/// <summary>
/// Much more text than memory against a GiB of it: the profile pass and an epoch, once with a block cache that holds one idle shard, so that all blocks are
/// made of text again in the epoch, and once with one that holds all.
/// </summary>
/// <param name="isFull">16 GiB instead of 4.</param>
internal sealed class OverMemoryBenchmark(bool isFull) : IBenchmark
{
    private const long Gibibyte = 1L << 30;
    private const long BudgetBytes = 512L << 20;
    private const long LimitBytes = Gibibyte;
    private const int ShardsOfGibibyte = (int)(Gibibyte / TextShards.ShardBytes);

    public string Name => "over-memory";

    public string Description => "4 GiB of CSV (--full: 16) against 1 GiB, memory budget 512 MiB, under a limit of 1 GiB: RssAnon and rows/s";

    public async IAsyncEnumerable<CaseResult> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!LimitedProcess.CanLimit)
        {
            throw new InvalidOperationException("over-memory needs control groups of the first version at /sys/fs/cgroup/memory, and root.");
        }

        var folder = Path.Combine(Path.GetTempPath(), $"cloudsweep-over-memory-{Guid.NewGuid():N}");
        var gibibytes = isFull ? 16 : 4;
        try
        {
            TextShards.Write(Path.Combine(folder, "small"), ShardsOfGibibyte);
            TextShards.Write(Path.Combine(folder, "large"), ShardsOfGibibyte * gibibytes);
            foreach (var (cache, cacheBytes) in new[] { ("cache of one shard", TextShards.ShardBytes), ("cache of all", 64 * Gibibyte) })
            {
                Task<LimitedProcess> MeasureAsync(string data) => RunAsync(folder, data, cacheBytes, cancellationToken);
                var (before, large, after) = (await MeasureAsync("small"), await MeasureAsync("large"), await MeasureAsync("small"));
                double Mean(Func<LimitedProcess, double> figure) => (figure(before) + figure(after)) / 2;
                yield return new CaseResult(Name, $"{gibibytes} GiB, {cache}: RssAnon", large.PeakAnonymousBytes / Mean(run => run.PeakAnonymousBytes), "x of 1 GiB", Goal.AtMost(1.05), new Dictionary<string, double>
                {
                    ["MiB"] = large.PeakAnonymousBytes / (double)(1 << 20),
                    ["of 1 GiB before MiB"] = before.PeakAnonymousBytes / (double)(1 << 20),
                    ["after MiB"] = after.PeakAnonymousBytes / (double)(1 << 20),
                });
                double Speed(Func<StreamedRunResult, double> figure) => figure(large.Result) / Mean(run => figure(run.Result));
                yield return new CaseResult(Name, $"{gibibytes} GiB, {cache}: rows/s", Speed(run => run.RowsPerSecond), "x of 1 GiB", Goal.AtLeast(0.95), new Dictionary<string, double>
                {
                    ["by processor time"] = Speed(run => run.RowsPerProcessorSecond),
                    ["M rows"] = large.Result.Rows / 1e6,
                    ["profile s"] = large.Result.ProfileSeconds,
                    ["epoch s"] = large.Result.EpochSeconds,
                    ["text rows a row"] = (double)large.Result.TextRows / large.Result.Rows,
                    ["of 1 GiB before s"] = before.Result.ProfileSeconds + before.Result.EpochSeconds,
                    ["after s"] = after.Result.ProfileSeconds + after.Result.EpochSeconds,
                    ["text rows a row of 1 GiB"] = (double)before.Result.TextRows / before.Result.Rows,
                });
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<LimitedProcess> RunAsync(string folder, string data, long cacheBytes, CancellationToken cancellationToken)
    {
        var cache = Path.Combine(folder, "cache");
        Directory.CreateDirectory(cache);
        try
        {
            return await LimitedProcess.RunAsync(
                LimitBytes,
                [StreamedRun.CommandName, Path.Combine(folder, data), cache, cacheBytes.ToString(CultureInfo.InvariantCulture), BudgetBytes.ToString(CultureInfo.InvariantCulture)],
                cancellationToken);
        }
        finally
        {
            Directory.Delete(cache, recursive: true);
        }
    }
}
