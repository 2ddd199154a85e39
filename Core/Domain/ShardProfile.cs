namespace CloudSweep.Core.Domain;

/// <summary>What one pass over a shard's text learned.</summary>
/// <param name="ShardKey">The shard.</param>
/// <param name="Features">Names of the feature columns in file order (c0, c1, … by position without a header).</param>
/// <param name="Blocks">Row counts of its blocks in order.</param>
/// <param name="Columns">Statistics, parallel to <paramref name="Features"/>.</param>
/// <param name="Labels">Distinct labels in order of first appearance; a cached block stores labels as indexes into this list.</param>
public sealed record ShardProfile(
    string ShardKey,
    IReadOnlyList<string> Features,
    IReadOnlyList<BlockRows> Blocks,
    IReadOnlyList<ColumnStatistics> Columns,
    IReadOnlyList<LabelCount> Labels)
{
    /// <summary>Of a label that is a number, which has no <see cref="Labels"/>; else null.</summary>
    public ShardTarget? Target { get; init; }
}
