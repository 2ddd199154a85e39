using CloudSweep.Core.Domain;
using CloudSweep.Core.Ports.Store;

namespace CloudSweep.Coordinator.Scaling;

/// <summary>How many jobs Workers hold or could be granted now. What waits for its time, for a person, or for a place within its sweep's parallelism does not count.</summary>
/// <param name="Leased">Jobs in Workers' hands, also those of paused sweeps until they are given back.</param>
/// <param name="Grantable">Jobs that Workers would be granted.</param>
internal sealed record WorkDemand(long Leased, long Grantable)
{
    public long Jobs => Leased + Grantable;

    /// <summary>There is something that Workers are needed for.</summary>
    public bool IsActive => Jobs > 0;

    public static WorkDemand Of(IReadOnlyList<SweepWork> sweeps) => new(sweeps.Sum(sweep => (long)sweep.LeasedJobs), sweeps.Sum(GrantableOf));

    /// <summary>The rule of <see cref="Application.AcquireJob"/>, for any number of Workers at once.</summary>
    private static long GrantableOf(SweepWork sweep)
    {
        if (!sweep.IsExpanded || !sweep.State.GrantsJobs() || sweep.EligibleJobs == 0)
        {
            return 0;
        }

        var parallelism = CanonicalJson.Read<SweepSpec>(sweep.SpecJson).Execution.Parallelism ?? int.MaxValue;
        return Math.Min(sweep.EligibleJobs, Math.Max(0, parallelism - sweep.LeasedJobs));
    }
}
