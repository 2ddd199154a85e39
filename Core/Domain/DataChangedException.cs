namespace CloudSweep.Core.Domain;

/// <summary>A shard is not the version that the sweep was made with.</summary>
public sealed class DataChangedException(string message, Exception? inner = null) : CloudSweepException(message, inner);
