namespace CloudSweep.Core.Domain;

/// <summary>The state machine of jobs (docs/state-machines.md).</summary>
public static class JobStates
{
    /// <summary>States that may follow directly.</summary>
    public static IReadOnlyList<JobState> Successors(JobState state) => state switch
    {
        JobState.Queued => [JobState.Leased, JobState.Finished],
        JobState.Leased => [JobState.Queued, JobState.Finished],
        _ => [],
    };
}
