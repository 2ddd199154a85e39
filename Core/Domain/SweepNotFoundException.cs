namespace CloudSweep.Core.Domain;

/// <summary>No sweep has this id.</summary>
public sealed class SweepNotFoundException(string message, Exception? inner = null) : CloudSweepException(message, inner);
