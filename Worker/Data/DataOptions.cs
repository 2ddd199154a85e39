using CloudSweep.Core.Planning.Packing;

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

    /// <summary>Bytes of decoded rows and of blocks being read that a job holds in memory, 64 MiB to 1 TiB. Default: 1 GiB.</summary>
    /// <remarks>
    /// Data that is small against it stays decoded. Of larger data two windows of rows are held, or equal parts of windows where two do not fit; parts cost
    /// time, because the blocks of a window are read again for each. Not in it: models, the text being parsed (some MiB a thread), and the runtime itself.
    /// </remarks>
    public long MemoryBudgetBytes { get; init; } = JobMemory.RowBudgetBytes;

    /// <summary>Blocks that a job reads and decodes at once, and shards that it makes blocks of at once while it trains, 1 to 64. Default: the processors, at most 8.</summary>
    public int ReadThreads { get; init; } = Math.Min(8, Environment.ProcessorCount);
}
