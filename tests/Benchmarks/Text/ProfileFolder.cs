using CloudSweep.Benchmarks.Harness;
using CloudSweep.Worker.Data;
using CloudSweep.Worker.Data.Cache;
using CloudSweep.Worker.Data.Profiling;
using CloudSweep.Worker.Data.Shards;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace CloudSweep.Benchmarks.Text;

/// <summary>Shards in a folder that goes away with this object, and what a profile job does with them: from files to block files and profiles.</summary>
internal sealed class ProfileFolder : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("cloudsweep-benchmark-").FullName;
    private readonly LocalShardSource _source;
    private readonly ShardProfiler _profiler;

    public ProfileFolder()
    {
        Directory.CreateDirectory(Data);
        var options = Options.Create(new DataOptions { AllowedRoots = [Data], CacheDirectory = Cache });
        _source = new LocalShardSource(options);
        var cache = new BlockCache(options, TimeProvider.System, NullLogger<BlockCache>.Instance);
        _profiler = new ShardProfiler(cache, new ShardPass(_source, cache));
    }

    private string Data => Path.Combine(_root, "data");

    private string Cache => Path.Combine(_root, "cache");

    public void Put(string name, byte[] bytes) => File.WriteAllBytes(Path.Combine(Data, name), bytes);

    /// <summary>Profiles all shards with an empty cache, as many at once as there are threads, as a job does.</summary>
    public async Task<Timing> ProfileAsync(int threads)
    {
        if (Directory.Exists(Cache))
        {
            Directory.Delete(Cache, recursive: true);
        }

        var table = await _source.FindAsync(Path.Combine(Data, "*"), CancellationToken.None);
        var counters = new DataCounters();
        return await Timing.OfAsync(() => Parallel.ForEachAsync(
            table.Shards,
            new ParallelOptions { MaxDegreeOfParallelism = threads },
            async (shard, cancellationToken) => await _profiler.ProfileAsync(shard, DecodeStages.Spec, counters, cancellationToken)));
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);
}
