namespace CloudSweep.Core.Domain;

/// <summary>The identity of a data set: its shards in ordinal order of their keys.</summary>
public sealed record ShardTable(IReadOnlyList<Shard> Shards);
