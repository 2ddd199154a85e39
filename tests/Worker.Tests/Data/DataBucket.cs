using CloudSweep.Core.Domain;
using CloudSweep.Core.InMemory;
using CloudSweep.Core.Ports.Objects;
using CloudSweep.TestSupport;
using CloudSweep.TestSupport.Objects;
using CloudSweep.Worker.Data;
using CloudSweep.Worker.Data.Cache;
using CloudSweep.Worker.Data.Profiling;
using CloudSweep.Worker.Data.Shards;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace CloudSweep.Worker.Tests.Data;

/// <summary>A bucket of data that can fail, with its cache and the data path over it.</summary>
internal sealed class DataBucket : IObjectStoreProvider, IDisposable
{
    public const string Name = "bucket";

    private readonly TemporaryFolder _folder = new();

    public DataBucket(long cacheLimit = 1L << 30)
    {
        Objects = new FaultyObjectStore(Memory);
        var options = Options.Create(new DataOptions { AllowedBuckets = [Name], CacheDirectory = Cache, CacheSizeLimitBytes = cacheLimit });
        Source = new ShardSources(new LocalShardSource(options), new ObjectShardSource(new ObjectStores([this]), options));
        var blocks = new BlockCache(options, TimeProvider.System, NullLogger<BlockCache>.Instance);
        var pass = new ShardPass(Source, blocks);
        Profiler = new ShardProfiler(blocks, pass);
        Cached = new CachedShards(blocks, pass);
    }

    public InMemoryObjectStore Memory { get; } = new();

    public FaultyObjectStore Objects { get; }

    public ShardSources Source { get; }

    public ShardProfiler Profiler { get; }

    public CachedShards Cached { get; }

    public DataCounters Counters { get; } = new();

    public string Cache => _folder["cache"];

    public string[] CachedFiles => Directory.Exists(Cache) ? Directory.GetFiles(Cache) : [];

    public string Scheme => ObjectLocation.CloudStorageScheme;

    public static string PatternOf(string relative) => $"gs://{Name}/data/{relative}";

    public IObjectStore Open(string root) => root == Name ? Objects : throw new InvalidOperationException($"No bucket {root}.");

    public Task PutAsync(string name, byte[] content) =>
        Memory.WriteAsync($"data/{name}", (stream, token) => stream.WriteAsync(content, token).AsTask(), WriteCondition.None, CancellationToken.None);

    public Task DeleteAsync(string name) => Memory.DeleteAsync($"data/{name}", CancellationToken.None);

    public async Task<Shard> FindAsync(string name) => (await Source.FindAsync(PatternOf(name), CancellationToken.None)).Shards.Single();

    public async Task<ShardProfile> ProfileAsync(string name, DataSpec? spec = null) =>
        await Profiler.ProfileAsync(await FindAsync(name), spec ?? DataFolder.Spec with { Label = new ColumnSelector.ByIndex(0) }, Counters, CancellationToken.None);

    public void Dispose() => _folder.Dispose();
}
