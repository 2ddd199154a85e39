using CloudSweep.Core.Domain;
using CloudSweep.Core.Ports.Store;

namespace CloudSweep.Coordinator.Application;

/// <summary>Takes a job back at once. Preemption and shut-down are not failures and use up no attempt.</summary>
internal sealed class ReleaseJob(ISweepStore store, AttemptEnding ending, SweepChanges changes)
{
    /// <exception cref="LeaseLostException">A newer grant or a reap replaced the lease.</exception>
    public async Task RunAsync(LeaseClaim claim, ReportedCounters? counters, CancellationToken cancellationToken)
    {
        await store.WriteAsync(transaction => Release(transaction, claim, counters), cancellationToken);
        changes.Signal();
    }

    private bool Release(IStoreTransaction transaction, LeaseClaim claim, ReportedCounters? counters)
    {
        if (LeaseRules.WasGivenBack(transaction.FindJob(claim.Job), claim))
        {
            return false;
        }

        var job = LeaseRules.RequireLatest(transaction, claim);
        counters?.Store(transaction, claim);
        if (job.State != JobState.Leased)
        {
            return false;
        }

        if (!ending.CloseIfDone(transaction, job))
        {
            ending.GiveBack(transaction, job, TimeSpan.Zero);
        }

        return true;
    }
}
