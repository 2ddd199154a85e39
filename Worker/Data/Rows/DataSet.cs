using CloudSweep.Core.Domain;
using CloudSweep.Worker.Data.Cache;

namespace CloudSweep.Worker.Data.Rows;

/// <summary>A profiled data set that is open for training, and what its readers share.</summary>
internal sealed record DataSet(DataSpec Data, ShardTable Shards, DataProfile Profile, FeatureTransform Transform, CachedShards Cache, DataCounters Counters)
{
    /// <summary>Of a label that is a number; else null.</summary>
    public TargetTransform? Target { get; } = Profile.Target is { } target ? new TargetTransform(target) : null;

    /// <summary>Where the rows of all shards are, parallel to the table.</summary>
    public IReadOnlyList<ShardLayout> Layouts { get; } = [.. Profile.Shards, .. Profile.Test];

    /// <summary>The layouts of the shards to train on, which come first: validation files have no part in the order of training rows.</summary>
    public IReadOnlyList<ShardLayout> TrainLayouts { get; } = [.. Profile.Shards.TakeWhile(shard => shard.Role == ShardRole.Train)];
}
