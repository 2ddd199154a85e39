namespace CloudSweep.Core.Domain;

/// <summary>Where a shard's rows and classes are.</summary>
/// <param name="ShardKey">The shard.</param>
/// <param name="Blocks">Row counts of its blocks in order.</param>
/// <param name="ClassOfLocalLabel">Class index of each of the shard's labels, in the order of <see cref="ShardProfile.Labels"/>.</param>
public sealed record ShardLayout(string ShardKey, IReadOnlyList<BlockRows> Blocks, IReadOnlyList<int> ClassOfLocalLabel)
{
    /// <summary>What its rows are for.</summary>
    public ShardRole Role { get; init; }

    /// <summary>For each column with categories, the place of the shard's categories in the merged vocabulary.</summary>
    public IReadOnlyList<CategoryMap> Categories { get; init; } = [];
}
