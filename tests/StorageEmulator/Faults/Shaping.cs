namespace CloudSweep.StorageEmulator.Faults;

/// <summary>The speed at which each answer's body is sent.</summary>
internal sealed class Shaping
{
    private long _bytesPerSecond;

    /// <summary>Null for no limit.</summary>
    public long? BytesPerSecond
    {
        get => Volatile.Read(ref _bytesPerSecond) is > 0 and var limit ? limit : null;
        set => Volatile.Write(ref _bytesPerSecond, value ?? 0);
    }
}
