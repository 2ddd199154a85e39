using CloudSweep.Core.Domain;

namespace CloudSweep.Core.Ports.Objects;

/// <summary>Objects can't be read, written or listed. The message names the object, its version, the offset, the number of attempts and the way out; nothing of its content.</summary>
/// <param name="message">Safe to show.</param>
/// <param name="isTransient">Trying again later may help.</param>
/// <param name="inner">What led to it.</param>
public sealed class StorageException(string message, bool isTransient, Exception? inner = null) : CloudSweepException(message, inner)
{
    /// <summary>Trying again later may help: the service was busy or unreachable, not refusing.</summary>
    public bool IsTransient { get; } = isTransient;
}
