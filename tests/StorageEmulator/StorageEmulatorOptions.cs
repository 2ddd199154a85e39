namespace CloudSweep.StorageEmulator;

/// <summary>How a server is started.</summary>
public sealed record StorageEmulatorOptions
{
    /// <summary>Address to listen on, plain HTTP. Default: a free port of 127.0.0.1.</summary>
    public string Url { get; init; } = "http://127.0.0.1:0";

    /// <summary>Folder whose folders are buckets and whose files are their objects; served from disk. Null: no buckets.</summary>
    public string? DataFolder { get; init; }

    /// <summary>Buckets to make beside those of the folder.</summary>
    public IReadOnlyList<string> Buckets { get; init; } = [];

    /// <summary>Bearer token that every request must carry; null lets everyone in.</summary>
    public string? Token { get; init; }

    /// <summary>Bytes per second of each answer's body; null for no limit.</summary>
    public long? StreamBytesPerSecond { get; init; }
}
