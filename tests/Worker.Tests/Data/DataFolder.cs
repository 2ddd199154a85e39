using System.IO.Compression;
using System.Text;
using CloudSweep.Core.Domain;
using CloudSweep.Core.Planning;
using CloudSweep.Core.Ports;
using CloudSweep.TestSupport;
using CloudSweep.Worker.Data;
using CloudSweep.Worker.Data.Cache;
using CloudSweep.Worker.Data.Profiling;
using CloudSweep.Worker.Data.Rows;
using CloudSweep.Worker.Data.Shards;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using ZstdSharp;

namespace CloudSweep.Worker.Tests.Data;

/// <summary>A data folder with its cache and the whole data path over it.</summary>
internal sealed class DataFolder : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public DataFolder(long cacheLimit = 1L << 30, string? allowed = null, Func<string, Stream>? createFile = null)
    {
        Directory.CreateDirectory(Data);
        var options = Options.Create(new DataOptions { AllowedRoots = [allowed ?? Data], CacheDirectory = Cache, CacheSizeLimitBytes = cacheLimit });
        Source = new LocalShardSource(options);
        Blocks = createFile is null
            ? new BlockCache(options, TimeProvider.System, NullLogger<BlockCache>.Instance)
            : new BlockCache(options, TimeProvider.System, NullLogger<BlockCache>.Instance) { CreateFile = createFile };
        var pass = new ShardPass(Source, Blocks);
        Profiler = new ShardProfiler(Blocks, pass);
        Cached = new CachedShards(Blocks, pass);
    }

    public string Data => _folder["data"];

    public string Cache => _folder["cache"];

    public IShardSource Source { get; }

    public BlockCache Blocks { get; }

    public IShardProfiler Profiler { get; }

    public CachedShards Cached { get; }

    public DataCounters Counters { get; } = new();

    public static DataSpec Spec { get; } = new(
        "", DataFormat.Auto, new ColumnSelector.ByName("label"), null, ',', [], [], FeatureScale.None, 5, new ValidationSplit(0.2, 0));

    /// <summary>The digits of the examples.</summary>
    public static string Digits => Repository.PathOf("examples", "data", "digits");

    /// <summary>Larger data that may stand beside the repository.</summary>
    public static string SharedData(string name) => Path.GetFullPath(Repository.PathOf("..", "shared", "data", name));

    public string Put(string name, string text) => Put(name, Encoding.UTF8.GetBytes(text));

    public string Put(string name, byte[] bytes)
    {
        var path = Path.Combine(Data, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        if (name.EndsWith(".gz", StringComparison.Ordinal))
        {
            using var gzip = new GZipStream(File.Create(path), CompressionLevel.Fastest);
            gzip.Write(bytes);
        }
        else if (name.EndsWith(".zst", StringComparison.Ordinal))
        {
            using var zstandard = new CompressionStream(File.Create(path), leaveOpen: false);
            zstandard.Write(bytes);
        }
        else
        {
            File.WriteAllBytes(path, bytes);
        }

        return path;
    }

    public async Task<Shard> FindAsync(string name) =>
        (await Source.FindAsync(Path.Combine(Data, name), CancellationToken.None)).Shards.Single();

    public async Task<ShardProfile> ProfileAsync(string text, DataSpec? spec = null, string name = "a.csv")
    {
        Put(name, text);
        return await Profiler.ProfileAsync(await FindAsync(name), spec ?? Spec, Counters, CancellationToken.None);
    }

    /// <summary>Profiles a file that is there.</summary>
    public async Task<ShardProfile> ProfileFileAsync(string name, DataSpec? spec = null) =>
        await Profiler.ProfileAsync(await FindAsync(name), spec ?? Spec, Counters, CancellationToken.None);

    public async Task<DataErrorException> FailFileAsync(string name, DataSpec? spec = null) =>
        await Assert.ThrowsAsync<DataErrorException>(() => ProfileFileAsync(name, spec));

    public async Task<DataErrorException> FailAsync(string text, DataSpec? spec = null, string name = "a.csv") =>
        await Assert.ThrowsAsync<DataErrorException>(() => ProfileAsync(text, spec, name));

    /// <summary>Finds the shards of a pattern below the data folder for each role.</summary>
    public async Task<ShardTable> FindAllAsync(string train, string? validation = null, string? test = null)
    {
        return ShardTable.Join((await FindAsync(train))!, await FindAsync(validation), await FindAsync(test));

        async Task<ShardTable?> FindAsync(string? pattern) =>
            pattern is null ? null : await Source.FindAsync(Path.Combine(Data, pattern), CancellationToken.None);
    }

    /// <summary>Profiles all shards and merges them.</summary>
    public async Task<(ShardTable Shards, DataProfile Profile)> ProfileAllAsync(string pattern, DataSpec spec)
    {
        var table = await Source.FindAsync(pattern, CancellationToken.None);
        return (table, await ProfileAllAsync(table, spec));
    }

    public async Task<DataProfile> ProfileAllAsync(ShardTable table, DataSpec spec)
    {
        var profiles = new List<ShardProfile>();
        foreach (var shard in table.Shards)
        {
            profiles.Add(await Profiler.ProfileAsync(shard, spec, Counters, CancellationToken.None));
        }

        return ProfileMerger.Merge(profiles, spec);
    }

    /// <summary>Opens data sets for training.</summary>
    public TrainingRowsFactory Rows(long residentLimit = 512L << 20, long memoryBudget = 1L << 30, int threads = 2) =>
        new(Cached, Options.Create(new DataOptions { MemoryBudgetBytes = memoryBudget, ReadThreads = threads })) { ResidentLimitBytes = residentLimit };

    public void Dispose() => _folder.Dispose();
}
