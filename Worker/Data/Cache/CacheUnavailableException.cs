using CloudSweep.Core.Domain;

namespace CloudSweep.Worker.Data.Cache;

/// <summary>The block cache can't be written or read, e.g. because its disk is full.</summary>
internal sealed class CacheUnavailableException(string message, Exception? inner = null) : CloudSweepException(message, inner);
