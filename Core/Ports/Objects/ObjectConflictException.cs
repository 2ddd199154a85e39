using CloudSweep.Core.Domain;

namespace CloudSweep.Core.Ports.Objects;

/// <summary>An object was not written because its <see cref="WriteCondition"/> does not hold; what is there stays.</summary>
public sealed class ObjectConflictException(string message, Exception? inner = null) : CloudSweepException(message, inner);
