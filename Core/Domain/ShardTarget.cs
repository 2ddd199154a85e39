namespace CloudSweep.Core.Domain;

/// <summary>What one pass over a shard learned of a label that is a number.</summary>
/// <param name="Train">Over training rows.</param>
/// <param name="Validation">Over validation rows.</param>
/// <param name="Sample">A uniform sample of the training labels, at most 1,024, by ascending priority.</param>
public sealed record ShardTarget(ColumnStatistics Train, ColumnStatistics Validation, IReadOnlyList<SampledLabel> Sample);
