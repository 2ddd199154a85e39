using CloudSweep.Core.Domain;
using CloudSweep.Core.Ports.Store;

namespace CloudSweep.Coordinator.Application;

/// <summary>Who may write to a job. Expiry alone refuses nothing: only a reap or a newer grant replaces a holder.</summary>
internal static class LeaseRules
{
    /// <exception cref="LeaseLostException">The claim is not the job's latest.</exception>
    public static JobRecord RequireLatest(IStoreView view, LeaseClaim claim)
    {
        var job = view.FindJob(claim.Job);
        return job is not null && job.FencingToken == claim.FencingToken && job.LeaseId == claim.LeaseId
            ? job
            : throw new LeaseLostException($"The lease with token {claim.FencingToken} on job {claim.Job} was replaced. Drop the attempt and ask for another job.");
    }

    /// <summary>Whether this claim's job went back to the queue and waits there: what a repeated call finds after the first one.</summary>
    public static bool WasGivenBack(JobRecord? job, LeaseClaim claim) =>
        job is { State: JobState.Queued } && job.FencingToken == claim.FencingToken + 1;

    /// <summary>The job as it waits for its next grant. The raised token refuses the former holder's writes.</summary>
    public static JobRecord Requeued(JobRecord job, DateTimeOffset eligibleAt) => job.To(JobState.Queued) with
    {
        FencingToken = job.FencingToken + 1,
        LeaseId = null,
        Worker = null,
        AcquireRequestId = null,
        LeaseExpiresAt = null,
        EligibleAt = eligibleAt,
        NotifiedAt = null,
        Notifications = 0,
        AttemptsWithoutProgress = job.HasProgressed ? 0 : job.AttemptsWithoutProgress,
    };
}
