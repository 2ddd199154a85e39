namespace CloudSweep.Core.Domain;

/// <summary>Where a job stands.</summary>
public enum JobState
{
    /// <summary>Waits for a Worker.</summary>
    Queued = 1,

    /// <summary>A Worker holds its lease, or held it and was not reaped yet.</summary>
    Leased,

    /// <summary>Closed: nothing of it is open.</summary>
    Finished,
}
