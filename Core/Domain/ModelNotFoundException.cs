namespace CloudSweep.Core.Domain;

/// <summary>A trial has no stored model.</summary>
public sealed class ModelNotFoundException(string message, Exception? inner = null) : CloudSweepException(message, inner);
