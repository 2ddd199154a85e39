namespace CloudSweep.Core.Domain;

/// <summary>What one pass over a shard's text learned.</summary>
/// <param name="ShardKey">The shard.</param>
/// <param name="Features">Names of the feature columns in file order (c0, c1, … by position without a header).</param>
/// <param name="Blocks">Row counts of its blocks in order.</param>
/// <param name="Columns">What each column holds, parallel to <paramref name="Features"/>.</param>
/// <param name="Labels">Distinct labels in order of first appearance; a cached block stores labels as indexes into this list.</param>
public sealed record ShardProfile(
    string ShardKey,
    IReadOnlyList<string> Features,
    IReadOnlyList<BlockRows> Blocks,
    IReadOnlyList<ColumnProfile> Columns,
    IReadOnlyList<LabelCount> Labels)
{
    /// <summary>What its rows are for. Outside of training, all rows count as validation rows.</summary>
    public ShardRole Role { get; init; }

    /// <summary>Of a label that is a number, which has no <see cref="Labels"/>; else null.</summary>
    public ShardTarget? Target { get; init; }

    /// <summary>Whether a feature that the shard does not name is 0 in its rows.</summary>
    public bool IsSparse { get; init; }

    /// <summary>Rows that are in no block because they break rules.</summary>
    public BadRows BadRows { get; init; } = BadRows.None;
}
