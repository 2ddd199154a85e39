using CloudSweep.Core.Domain;

namespace CloudSweep.Core.Ports.Objects;

/// <summary>The version of an object that was asked for is not there any more: it was replaced or deleted.</summary>
public sealed class ObjectChangedException(string message, Exception? inner = null) : CloudSweepException(message, inner);
