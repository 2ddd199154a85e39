namespace CloudSweep.Core.Domain;

/// <summary>What the profile pass learned of the whole data set, merged in shard order.</summary>
/// <param name="Shards">Shards to train and validate on, in the table's order: blocks, and local labels as indexes into <paramref name="Classes"/>.</param>
/// <param name="Features">Names of all feature columns.</param>
/// <param name="Columns">What each column holds, parallel to <paramref name="Features"/>; without the test rows.</param>
/// <param name="Classes">Sorted numerically if all are numbers, else ordinally, with their row counts.</param>
public sealed record DataProfile(
    IReadOnlyList<ShardLayout> Shards,
    IReadOnlyList<string> Features,
    IReadOnlyList<ColumnProfile> Columns,
    IReadOnlyList<LabelCount> Classes)
{
    /// <summary>Of a label that is a number, which has no <see cref="Classes"/>; else null.</summary>
    public TargetStatistics? Target { get; init; }

    /// <summary>Rows that are in no block because they break rules.</summary>
    public BadRows BadRows { get; init; } = BadRows.None;

    /// <summary>Shards of test rows, which follow the others in the table.</summary>
    public IReadOnlyList<ShardLayout> Test { get; init; } = [];

    /// <summary>What a person should know of the data, in whole sentences with names of columns and without cells.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Rows of the training side, over all shards.</summary>
    public long TrainRows() => Shards.Sum(shard => shard.Blocks.Sum(block => (long)block.TrainRows));

    /// <summary>Rows held out, over all shards.</summary>
    public long ValidationRows() => Shards.Sum(shard => shard.Blocks.Sum(block => (long)block.Rows - block.TrainRows));

    /// <summary>Rows that are only scored at the end.</summary>
    public long TestRows() => Test.Sum(shard => shard.Blocks.Sum(block => (long)block.Rows));
}
