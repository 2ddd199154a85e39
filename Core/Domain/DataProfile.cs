namespace CloudSweep.Core.Domain;

/// <summary>What the profile pass learned of the whole data set, merged in shard order.</summary>
/// <param name="Shards">Per shard its key, its blocks, and its local labels as indexes into <paramref name="Classes"/>.</param>
/// <param name="Features">Names of all feature columns.</param>
/// <param name="Columns">Statistics, parallel to <paramref name="Features"/>.</param>
/// <param name="Classes">Sorted numerically if all are numbers, else ordinally, with their row counts.</param>
public sealed record DataProfile(
    IReadOnlyList<ShardLayout> Shards,
    IReadOnlyList<string> Features,
    IReadOnlyList<ColumnStatistics> Columns,
    IReadOnlyList<LabelCount> Classes)
{
    /// <summary>Of a label that is a number, which has no <see cref="Classes"/>; else null.</summary>
    public TargetStatistics? Target { get; init; }

    /// <summary>Rows of the training side, over all shards.</summary>
    public long TrainRows() => Shards.Sum(shard => shard.Blocks.Sum(block => (long)block.TrainRows));

    /// <summary>Rows held out, over all shards.</summary>
    public long ValidationRows() => Shards.Sum(shard => shard.Blocks.Sum(block => (long)block.Rows - block.TrainRows));
}
