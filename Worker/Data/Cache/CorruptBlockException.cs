namespace CloudSweep.Worker.Data.Cache;

/// <summary>A block file is not what was written; it must be made again from text.</summary>
internal sealed class CorruptBlockException(string message, Exception? inner = null) : Exception(message, inner);
