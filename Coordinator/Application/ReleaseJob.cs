using CloudSweep.Core.Domain;
using CloudSweep.Core.Ports.Store;

namespace CloudSweep.Coordinator.Application;

/// <summary>Takes a job back at once. Preemption and shut-down are not failures and use up no attempt.</summary>
internal sealed class ReleaseJob(ISweepStore store, TimeProvider time)
{
    /// <exception cref="LeaseLostException">A newer grant or a reap replaced the lease.</exception>
    public Task RunAsync(LeaseClaim claim, CancellationToken cancellationToken) =>
        store.WriteAsync(transaction => Release(transaction, claim), cancellationToken);

    private bool Release(IStoreTransaction transaction, LeaseClaim claim)
    {
        var job = LeaseRules.RequireLatest(transaction, claim);
        if (job.State != JobState.Leased)
        {
            return false;
        }

        transaction.UpdateJob(LeaseRules.Requeued(job, time.GetUtcNow()));
        transaction.UpdateSweep(transaction.FindSweep(job.Id.Sweep)!);
        return true;
    }
}
