namespace CloudSweep.Core.Domain;

/// <summary>The same request id came with other content.</summary>
public sealed class SweepConflictException(string message, Exception? inner = null) : CloudSweepException(message, inner);
