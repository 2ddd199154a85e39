using CloudSweep.Core.Domain;
using CloudSweep.Core.Planning;
using CloudSweep.Worker.Data;
using CloudSweep.Worker.Data.Cache;
using CloudSweep.Worker.Data.Profiling;
using CloudSweep.Worker.Data.Rows;
using CloudSweep.Worker.Data.Shards;
using CloudSweep.Worker.Training;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace CloudSweep.Benchmarks.Blocks;

/// <summary>
/// Cached shards in a folder of their own, without any text: one block of drawn numbers is written again and again. A tenth of the rows is held out.
/// </summary>
internal sealed class BlockData : IDisposable
{
    private const int Classes = 10;
    private const int Shards = 8;
    private const int Seed = 7;

    private readonly string _folder;
    private readonly CachedShards _cached;
    private readonly IOptions<DataOptions> _options;
    private readonly DataSpec _spec = new("file:///nowhere/*.csv", DataFormat.Csv, new ColumnSelector.ByName("label"), null, ',', [], [], FeatureScale.Standard, 5, new ValidationSplit(0.1, 1));
    private readonly ShardTable _table;
    private readonly DataProfile _profile;

    /// <param name="folder">Folder for the cache; deleted in the end.</param>
    /// <param name="kind">What the cells hold.</param>
    /// <param name="features">Columns.</param>
    /// <param name="rows">Rows in all, at least; rounded up to whole blocks of all shards.</param>
    public BlockData(string folder, CellKind kind, int features, long rows)
    {
        _folder = folder;
        _options = Options.Create(new DataOptions { CacheDirectory = folder });
        var cache = new BlockCache(_options, TimeProvider.System, NullLogger<BlockCache>.Instance);
        _cached = new CachedShards(cache, new ShardPass(new LocalShardSource(_options), cache));
        var block = new DrawnBlock(kind, features, Classes, Seed);
        var blocks = (int)((rows + ((long)block.Rows * Shards) - 1) / ((long)block.Rows * Shards));
        _table = new ShardTable([.. Enumerable.Range(0, Shards).Select(index => new Shard($"part-{index}", $"file:///nowhere/part-{index}.csv", 1, "1", null))]);
        _profile = ProfileMerger.Merge([.. _table.Shards.Select(shard => Write(cache, shard, block, blocks))], _spec);
        StoredBytes = Directory.EnumerateFiles(folder).Sum(path => new FileInfo(path).Length);
    }

    /// <summary>Bytes of all block files.</summary>
    public long StoredBytes { get; }

    public Task<ITrainingRows> OpenAsync(CancellationToken cancellationToken) =>
        new TrainingRowsFactory(_cached, _options).OpenAsync(_spec, _table, _profile, Seed, new DataCounters(), cancellationToken);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private ShardProfile Write(BlockCache cache, Shard shard, DrawnBlock block, int blocks)
    {
        var split = new RowSplit(_spec, shard);
        var rows = new BlockRows[blocks];
        using var file = cache.StartFile(CacheKey.Of(shard, _spec));
        var writer = file.Begin();
        for (var index = 0; index < blocks; index++)
        {
            writer.WriteBlock(block.Values, block.Labels);
            var first = (long)index * block.Rows;
            rows[index] = new BlockRows(block.Rows, Enumerable.Range(0, block.Rows).Count(row => !split.IsHeldOut(first + row)));
        }

        var train = rows.Sum(counts => (long)counts.TrainRows);
        var held = rows.Sum(counts => (long)counts.Rows) - train;
        var profile = new ShardProfile(
            shard.Key,
            [.. Enumerable.Range(0, block.Features).Select(feature => $"f{feature}")],
            rows,
            block.Columns,
            [.. Enumerable.Range(0, Classes).Select(label => new LabelCount($"{label}", train / Classes, held / Classes))]);
        file.Publish(profile);
        return profile;
    }
}
