namespace CloudSweep.Core.Domain;

/// <summary>Where a shard's categories of one column are in the merged vocabulary.</summary>
/// <param name="Column">Position among the feature columns.</param>
/// <param name="MergedOfLocal">Index in the merged vocabulary of each of the shard's categories, in its own order; −1 = it is in test rows only.</param>
public sealed record CategoryMap(int Column, IReadOnlyList<int> MergedOfLocal);
