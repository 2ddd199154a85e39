namespace CloudSweep.Core.Domain;

/// <summary>The sweep is final and can't be changed.</summary>
public sealed class SweepFinishedException(string message, Exception? inner = null) : CloudSweepException(message, inner);
