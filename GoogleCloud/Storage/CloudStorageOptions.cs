namespace CloudSweep.GoogleCloud.Storage;

/// <summary>How Cloud Storage is read and written.</summary>
public sealed class CloudStorageOptions
{
    public const string SectionName = "CloudStorage";

    /// <summary>Whether STORAGE_EMULATOR_HOST is heeded. Default: an emulator where it is set, Google otherwise.</summary>
    public EmulatorDetection EmulatorDetection { get; init; } = EmulatorDetection.EmulatorOrProduction;

    /// <summary>Bytes of one ranged read, 1 MiB to 64 MiB; smaller objects take one request. Default: 16 MiB.</summary>
    public int RangeBytes { get; init; } = 16 << 20;

    /// <summary>Ranges of one object that are in flight or wait for the reader, 1 to 64. An open object takes at most this many times <see cref="RangeBytes"/> of memory. Default: 8.</summary>
    public int ParallelRanges { get; init; } = 8;

    /// <summary>Bytes of an upload's request, 256 KiB to 64 MiB in steps of 256 KiB; smaller objects take one request. Memory of one write. Default: 8 MiB.</summary>
    public int WriteChunkBytes { get; init; } = 8 << 20;

    /// <summary>Objects asked for with one request of a list, 1 to 1000. Default: 1000.</summary>
    public int ListPageSize { get; init; } = 1000;

    /// <summary>Requests in a row without progress before a call fails, 1 to 20. Default: 6.</summary>
    public int MaxAttempts { get; init; } = 6;

    /// <summary>Longest time without a byte, in either direction, before a request is given up and made again; 1 s to 10 min. Default: 30 s.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Pause after the first failed request, doubled after each further one and shortened at random by up to a half; 1 ms to 1 min. Default: 1 s.</summary>
    public TimeSpan RetryDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Longest pause between two requests, unless the service asks for a longer one; <see cref="RetryDelay"/> to 10 min. Default: 32 s.</summary>
    public TimeSpan LongestRetryDelay { get; init; } = TimeSpan.FromSeconds(32);
}
