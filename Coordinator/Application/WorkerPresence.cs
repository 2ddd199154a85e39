namespace CloudSweep.Coordinator.Application;

/// <summary>When a Worker last asked for work. Told to people only: nothing is decided by it, and a Coordinator that has just started gives Workers time to come.</summary>
internal sealed class WorkerPresence(TimeProvider time)
{
    // An idle Worker asks every five seconds, or at the latest after its quiet time.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private long _asked = time.GetTimestamp();

    /// <summary>No Worker has asked for work within the last minute.</summary>
    public bool NobodyAskedLately => time.GetElapsedTime(Volatile.Read(ref _asked)) > Patience;

    /// <summary>A Worker asks for work.</summary>
    public void Note() => Volatile.Write(ref _asked, time.GetTimestamp());
}
