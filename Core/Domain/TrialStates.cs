namespace CloudSweep.Core.Domain;

/// <summary>The state machine of trials (docs/state-machines.md).</summary>
public static class TrialStates
{
    /// <summary>Whether a trial in this state does not change again by itself. A person may have a failed one tried again.</summary>
    public static bool IsFinal(this TrialState state) => state > TrialState.Running;

    /// <summary>States that may follow directly.</summary>
    public static IReadOnlyList<TrialState> Successors(TrialState state) => state switch
    {
        TrialState.Pending => [TrialState.Running, TrialState.Pruned, TrialState.Failed, TrialState.Cancelled],
        TrialState.Running => [TrialState.Completed, TrialState.Pruned, TrialState.Diverged, TrialState.Failed, TrialState.Cancelled],
        TrialState.Failed or TrialState.Cancelled => [TrialState.Pending],
        _ => [],
    };
}
