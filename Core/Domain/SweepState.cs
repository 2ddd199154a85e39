namespace CloudSweep.Core.Domain;

/// <summary>Where a sweep stands.</summary>
public enum SweepState
{
    /// <summary>Trials are being stored and the data is being profiled.</summary>
    Preparing = 1,

    /// <summary>Training jobs may be granted.</summary>
    Running,

    /// <summary>Nothing is granted until someone resumes it; the reason says why.</summary>
    Paused,

    /// <summary>Every trial is final.</summary>
    Completed,

    /// <summary>Could not be carried out; the reason says why.</summary>
    Failed,

    /// <summary>Cancelled by a person.</summary>
    Cancelled,
}
