namespace CloudSweep.Worker.Data;

/// <summary>Where a Worker may read data and where it keeps decoded blocks.</summary>
public sealed class DataOptions
{
    public const string SectionName = "Data";

    /// <summary>Absolute folders below which local shards may be read, links resolved. Default: none, so no local file is read.</summary>
    public IList<string> AllowedRoots { get; init; } = [];

    /// <summary>Buckets of Cloud Storage whose objects may be read, by name. Default: none, so no object is read.</summary>
    public IList<string> AllowedBuckets { get; init; } = [];

    /// <summary>Folder of the block cache; created when missing. May be shared by several processes. Required.</summary>
    public string CacheDirectory { get; init; } = "";

    /// <summary>Size the block cache is kept below by dropping the least recently used files, bytes. Default: 64 GiB. At least 1 MiB.</summary>
    /// <remarks>Files in use are never dropped, so the cache may exceed it while jobs run. The blocks of one shard may not.</remarks>
    public long CacheSizeLimitBytes { get; init; } = 64L << 30;
}
