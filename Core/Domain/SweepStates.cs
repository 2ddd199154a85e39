namespace CloudSweep.Core.Domain;

/// <summary>The state machine of sweeps (docs/state-machines.md).</summary>
public static class SweepStates
{
    /// <summary>Whether a sweep in this state does not change again by itself. A person may have a completed or failed one go on.</summary>
    public static bool IsFinal(this SweepState state) => state is SweepState.Completed or SweepState.Failed or SweepState.Cancelled;

    /// <summary>Whether jobs are granted in this state, once the sweep is expanded.</summary>
    public static bool GrantsJobs(this SweepState state) => state is SweepState.Preparing or SweepState.Running;

    /// <summary>States that may follow directly.</summary>
    public static IReadOnlyList<SweepState> Successors(SweepState state) => state switch
    {
        SweepState.Preparing => [SweepState.Running, SweepState.Paused, SweepState.Completed, SweepState.Failed, SweepState.Cancelled],
        SweepState.Running => [SweepState.Paused, SweepState.Completed, SweepState.Cancelled],
        SweepState.Paused => [SweepState.Preparing, SweepState.Running, SweepState.Completed, SweepState.Failed, SweepState.Cancelled],
        SweepState.Completed => [SweepState.Preparing, SweepState.Running],
        SweepState.Failed => [SweepState.Preparing],
        _ => [],
    };
}
