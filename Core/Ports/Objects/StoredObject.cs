namespace CloudSweep.Core.Ports.Objects;

/// <summary>One version of an object.</summary>
/// <param name="Name">Name in its bucket or folder.</param>
/// <param name="SizeBytes">Stored size, ≥ 0.</param>
/// <param name="Version">Generation of a cloud object; length and modification time of a file.</param>
/// <param name="Crc32C">CRC-32C of the stored bytes as 8 lower-case hexadecimal digits; null where the store does not tell it without a read.</param>
public sealed record StoredObject(string Name, long SizeBytes, string Version, string? Crc32C);
