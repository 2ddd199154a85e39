namespace CloudSweep.StorageEmulator.Objects;

/// <summary>The current version of an object.</summary>
/// <param name="Bucket">Its bucket.</param>
/// <param name="Stored">What was stored.</param>
/// <param name="Generation">Strictly increasing over the whole server; near the microseconds since 1970, as the service counts.</param>
/// <param name="Created">When this version was stored.</param>
internal sealed record EmulatedObject(string Bucket, NewObject Stored, long Generation, DateTimeOffset Created)
{
    /// <summary>Metadata can't be changed here, so the first is the only one.</summary>
    public const long Metageneration = 1;

    public string Name => Stored.Name;

    public ObjectContent Content => Stored.Content;

    public string ContentType => Stored.ContentType ?? "application/octet-stream";
}
