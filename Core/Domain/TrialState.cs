namespace CloudSweep.Core.Domain;

/// <summary>Where a trial stands. All but the first two are final: they do not change by themselves.</summary>
public enum TrialState
{
    /// <summary>Stored by the expansion; no Worker has trained it yet.</summary>
    Pending = 1,

    /// <summary>Its job was granted to a Worker at least once.</summary>
    Running,

    /// <summary>Reached its last step.</summary>
    Completed,

    /// <summary>Stopped by a pruner at a rung.</summary>
    Pruned,

    /// <summary>Stopped by the divergence rule: a result, never retried.</summary>
    Diverged,

    /// <summary>Its job failed too often or for good.</summary>
    Failed,

    /// <summary>Its sweep was cancelled or stopped, or reached a limit.</summary>
    Cancelled,
}
