namespace CloudSweep.Core.Domain;

/// <summary>One object of a data set, pinned to the version that was found.</summary>
/// <param name="Key">Name relative to the pattern's fixed prefix, without format and compression extensions, after <c>validation:</c> or <c>test:</c> in those roles; unique in a table.</param>
/// <param name="Uri">Absolute URI, <c>file:///data/part-000.csv.gz</c>, with escaped characters, or <c>gs://bucket/data/part-000.csv.gz</c>, without.</param>
/// <param name="SizeBytes">Stored size, ≥ 0.</param>
/// <param name="Version">Generation of an object; length and modification time of a local file.</param>
/// <param name="Crc32C">CRC-32C of the stored bytes as 8 hexadecimal digits; null where the store does not tell it without a read.</param>
public sealed record Shard(string Key, string Uri, long SizeBytes, string Version, string? Crc32C)
{
    /// <summary>What its rows are for.</summary>
    public ShardRole Role { get; init; }
}
