namespace CloudSweep.StorageEmulator.Objects;

/// <summary>An object that is about to be stored.</summary>
/// <param name="Name">1 to 1024 bytes of UTF-8.</param>
/// <param name="Content">Its bytes.</param>
/// <param name="ContentType">Null is <c>application/octet-stream</c>.</param>
/// <param name="ContentEncoding"><c>gzip</c> makes the service decompress it for clients that don't accept gzip.</param>
/// <param name="Metadata">The user's own keys.</param>
/// <param name="ComponentCount">How many objects it was composed of; null when it was uploaded. Composed objects have no MD5.</param>
internal sealed record NewObject(
    string Name,
    ObjectContent Content,
    string? ContentType = null,
    string? ContentEncoding = null,
    IReadOnlyDictionary<string, string>? Metadata = null,
    int? ComponentCount = null);
