using CloudSweep.Core.Domain;
using CloudSweep.Core.Ports.Store;

namespace CloudSweep.Coordinator.Application;

/// <summary>Closes an attempt: its job is finished, queued again, split, or given up. Repeating it changes nothing.</summary>
internal sealed class FinishJob(ISweepStore store, AttemptEnding ending, SweepChanges changes)
{
    /// <exception cref="LeaseLostException">A newer grant or a reap replaced the lease.</exception>
    public async Task RunAsync(LeaseClaim claim, ReportedCounters? counters, AttemptFailure? failure, CancellationToken cancellationToken)
    {
        await store.WriteAsync(transaction => Finish(transaction, claim, counters, failure), cancellationToken);
        changes.Signal();
    }

    private bool Finish(IStoreTransaction transaction, LeaseClaim claim, ReportedCounters? counters, AttemptFailure? failure)
    {
        var found = transaction.FindJob(claim.Job);
        if (found is { State: JobState.Finished } && found.FinishedToken == claim.FencingToken)
        {
            return false;
        }

        if (failure is not null && LeaseRules.WasGivenBack(found, claim))
        {
            return false;
        }

        var job = LeaseRules.RequireLatest(transaction, claim);
        counters?.Store(transaction, claim);
        if (!ending.CloseIfDone(transaction, job))
        {
            ending.Fail(transaction, job, failure ?? new AttemptFailure("The Worker finished the job without its results.", IsPermanent: false));
        }

        return true;
    }
}
