namespace CloudSweep.Core.Domain;

/// <summary>A label with a random number of its row: the smallest numbers of all shards together are a uniform sample of all rows.</summary>
/// <param name="Priority">A function of the split's seed, the shard's key and the row.</param>
/// <param name="Value">The label.</param>
public readonly record struct SampledLabel(ulong Priority, double Value);
