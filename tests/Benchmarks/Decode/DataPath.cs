using CloudSweep.Benchmarks.Harness;
using CloudSweep.Benchmarks.Lanes;
using CloudSweep.Core.Domain;
using CloudSweep.Core.Planning;
using CloudSweep.Core.Ports;
using CloudSweep.Core.Ranking;
using CloudSweep.Worker.Data;
using CloudSweep.Worker.Training;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CloudSweep.Benchmarks.Decode;

/// <summary>What a Worker does with data that nobody has read yet: a pass over the text into an empty cache, then training on its blocks.</summary>
internal sealed class DataPath : IAsyncDisposable
{
    private readonly string _cache = Directory.CreateTempSubdirectory("cloudsweep-decode-cache-").FullName;
    private readonly ServiceProvider _services;

    private DataPath(string folder)
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection([new("Data:AllowedRoots:0", folder), new("Data:CacheDirectory", _cache)]).Build();
        _services = new ServiceCollection().AddLogging().AddWorkerData(settings).BuildServiceProvider();
    }

    /// <summary>Reads, decodes and trains.</summary>
    /// <param name="table">The data.</param>
    /// <param name="planOf">What to train; null only hands the epoch's rows and the validation rows out.</param>
    /// <param name="threads">Threads of the pass over the text, and of training.</param>
    public static async Task<(Timing Pass, Timing All)> MeasureAsync(WideTable table, Func<double, TrainingPlan>? planOf, int threads)
    {
        await using var path = new DataPath(table.Folder);
        var pass = default(Timing);
        var all = await Timing.OfAsync(async () => pass = await path.RunAsync(table, planOf, threads));
        return (pass, all);
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        Directory.Delete(_cache, recursive: true);
    }

    /// <summary>Time of the pass over the text.</summary>
    private async Task<Timing> RunAsync(WideTable table, Func<double, TrainingPlan>? planOf, int threads)
    {
        var counters = new DataCounters();
        var data = new DataSpec(
            Path.Combine(table.Folder, "*.csv"), DataFormat.Auto, new ColumnSelector.ByName("label"), null, ',', [], [], FeatureScale.Standard, 5, new ValidationSplit(0.1, 0));
        var shards = await _services.GetRequiredService<IShardSource>().FindAsync(data.Train, CancellationToken.None);
        var profiler = _services.GetRequiredService<IShardProfiler>();
        var profiles = new ShardProfile[shards.Shards.Count];
        var pass = await Timing.OfAsync(() => Parallel.ForEachAsync(
            Enumerable.Range(0, profiles.Length),
            new ParallelOptions { MaxDegreeOfParallelism = threads },
            async (index, cancellationToken) => profiles[index] = await profiler.ProfileAsync(shards.Shards[index], data, counters, cancellationToken)));
        var profile = ProfileMerger.Merge(profiles, data);
        var rows = await _services.GetRequiredService<ITrainingRowsFactory>().OpenAsync(data, shards, profile, 1, counters, CancellationToken.None);
        using (rows as IDisposable)
        {
            if (planOf is null)
            {
                HandOut(rows);
            }
            else
            {
                LaneRun.Measure(planOf(Baseline.TrainingLoss(profile)), rows, threads);
            }
        }

        return pass;
    }

    private static void HandOut(ITrainingRows rows)
    {
        foreach (var open in new[] { () => rows.OpenEpoch(0, 0), rows.OpenValidation })
        {
            using var reader = open();
            while (reader.Next(4096, CancellationToken.None) is not null)
            {
            }
        }
    }
}
