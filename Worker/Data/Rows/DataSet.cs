using CloudSweep.Core.Domain;
using CloudSweep.Worker.Data.Cache;

namespace CloudSweep.Worker.Data.Rows;

/// <summary>A profiled data set that is open for training, and what its readers share. Safe for several threads.</summary>
/// <param name="Threads">Blocks that are read and decoded at once, ≥ 1.</param>
internal sealed record DataSet(DataSpec Data, ShardTable Shards, DataProfile Profile, FeatureTransform Transform, CachedShards Cache, DataCounters Counters, int Threads)
{
    /// <summary>Of a label that is a number; else null.</summary>
    public TargetTransform? Target { get; } = Profile.Target is { } target ? new TargetTransform(target) : null;

    /// <summary>Where the rows of all shards are, parallel to the table.</summary>
    public IReadOnlyList<ShardLayout> Layouts { get; } = [.. Profile.Shards, .. Profile.Test];

    /// <summary>The layouts of the shards to train on, which come first: validation files have no part in the order of training rows.</summary>
    public IReadOnlyList<ShardLayout> TrainLayouts { get; } = [.. Profile.Shards.TakeWhile(shard => shard.Role == ShardRole.Train)];

    private readonly int[]?[] _classOfLocalLabel = new int[]?[Profile.Shards.Count + Profile.Test.Count];
    private readonly Dictionary<int, int[]>?[] _mergedOfLocal = new Dictionary<int, int[]>?[Profile.Shards.Count + Profile.Test.Count];

    /// <summary>The class of each label by its index in the shard.</summary>
    public ReadOnlySpan<int> ClassOfLocalLabel(int shard) => _classOfLocalLabel[shard] ??= [.. Layouts[shard].ClassOfLocalLabel];

    /// <summary>Place in the merged vocabulary of each category of a shard's column; empty for other kinds.</summary>
    public ReadOnlySpan<int> MergedOfLocal(int shard, int column)
    {
        // Threads that come at the same time make the same.
        var maps = _mergedOfLocal[shard] ??= Layouts[shard].Categories.ToDictionary(map => map.Column, map => map.MergedOfLocal.ToArray());
        return maps.GetValueOrDefault(column, []);
    }
}
