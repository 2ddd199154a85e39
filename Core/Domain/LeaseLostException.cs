namespace CloudSweep.Core.Domain;

/// <summary>A newer grant or a reap replaced the caller's lease; retrying the call is no use.</summary>
public sealed class LeaseLostException(string message, Exception? inner = null) : CloudSweepException(message, inner);
