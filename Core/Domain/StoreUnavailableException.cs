namespace CloudSweep.Core.Domain;

/// <summary>The store can't be reached or is in use; trying again later may help.</summary>
public sealed class StoreUnavailableException(string message, Exception? inner = null) : CloudSweepException(message, inner);
