namespace CloudSweep.Worker.Execution.Coordination;

/// <summary>What the Coordinator wants of a running attempt.</summary>
internal enum JobDirective
{
    Continue,

    /// <summary>Stop now; the job's trials are final.</summary>
    Cancel,

    /// <summary>Checkpoint and release the job.</summary>
    Pause,
}
