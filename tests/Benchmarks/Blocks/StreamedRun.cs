using System.Diagnostics;
using System.Text.Json;
using CloudSweep.Benchmarks.Lanes;
using CloudSweep.Core.Domain;
using CloudSweep.Core.Planning;
using CloudSweep.Worker.Data;
using CloudSweep.Worker.Data.Cache;
using CloudSweep.Worker.Data.Profiling;
using CloudSweep.Worker.Data.Rows;
using CloudSweep.Worker.Data.Shards;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace CloudSweep.Benchmarks.Blocks;

/// <summary>A Worker's whole way through data, in a process of its own: the profile pass over all shards, and one epoch of a logistic lane.</summary>
internal static class StreamedRun
{
    public const string CommandName = "stream-data";

    /// <summary>Writes a <see cref="StreamedRunResult"/> as one line of JSON.</summary>
    public static async Task RunAsync(string data, string cacheFolder, long cacheBytes, long budgetBytes, TextWriter output, CancellationToken cancellationToken)
    {
        var options = Options.Create(new DataOptions { AllowedRoots = [data], CacheDirectory = cacheFolder, CacheSizeLimitBytes = cacheBytes, MemoryBudgetBytes = budgetBytes });
        var source = new LocalShardSource(options);
        var cache = new BlockCache(options, TimeProvider.System, NullLogger<BlockCache>.Instance);
        var pass = new ShardPass(source, cache);
        var profiler = new ShardProfiler(cache, pass);
        var spec = new DataSpec(Path.Combine(data, "train-*.csv"), DataFormat.Csv, new ColumnSelector.ByName("label"), true, ',', [], [], FeatureScale.Standard, 5, new ValidationSplit(0.1, 1))
        {
            ValidationFiles = Path.Combine(data, "validation.csv"),
        };
        var table = ShardTable.Join(await source.FindAsync(spec.Train, cancellationToken), await source.FindAsync(spec.ValidationFiles, cancellationToken), null);
        var counters = new DataCounters();

        var clock = Stopwatch.StartNew();
        var profiles = new ShardProfile[table.Shards.Count];
        await Parallel.ForAsync(
            0,
            profiles.Length,
            new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken },
            async (shard, token) => profiles[shard] = await profiler.ProfileAsync(table.Shards[shard], spec, counters, token));
        var profile = ProfileMerger.Merge(profiles, spec);
        var profiled = clock.Elapsed;

        var rows = await new TrainingRowsFactory(new CachedShards(cache, pass), options).OpenAsync(spec, table, profile, 1, counters, cancellationToken);
        var plan = LaneRun.Plan(new ModelSpec.Logistic(), new TrainingSpec(1, 64, 1), new OptimizerSettings.Sgd(), 1, Math.Log(2));
        var trained = LaneRun.Measure(plan, rows, 1);
        await output.WriteLineAsync(JsonSerializer.Serialize(new StreamedRunResult(rows.TrainRows, profiled.TotalSeconds, trained.Wall.TotalSeconds, Environment.CpuUsage.TotalTime.TotalSeconds, counters.TextRows)));
    }
}
