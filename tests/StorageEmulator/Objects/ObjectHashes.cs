namespace CloudSweep.StorageEmulator.Objects;

/// <summary>Hashes of all bytes of an object, in base64.</summary>
internal sealed record ObjectHashes(string Crc32C, string Md5);
