using CloudSweep.Core.Domain;

namespace CloudSweep.Worker.Data.Cache;

/// <summary>The block cache can't be written or read, e.g. because its disk is full.</summary>
internal sealed class CacheUnavailableException(string message, Exception? inner = null) : CloudSweepException(message, inner)
{
    /// <summary>A folder or file of the cache could not be written or read.</summary>
    public static CacheUnavailableException Of(string folder, Exception exception) =>
        new($"The block cache '{folder}' (Data:CacheDirectory) can't be used: {exception.Message} Free some space or check its rights; nothing half-written was left.", exception);
}
