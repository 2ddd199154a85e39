using CloudSweep.Core.Domain;
using CloudSweep.Core.Ports.Store;

namespace CloudSweep.Coordinator.Application;

/// <summary>Closes an attempt: its job is finished, queued again, split, or given up. Repeating it changes nothing.</summary>
internal sealed class FinishJob(ISweepStore store, AttemptEnding ending, AcquireJob acquire, SweepChanges changes)
{
    /// <summary>Closes an attempt, and grants the next job in the same transaction where one is wished for.</summary>
    /// <returns>The answer to <paramref name="next"/>; null when nothing was wished for.</returns>
    /// <exception cref="LeaseLostException">A newer grant or a reap replaced the lease.</exception>
    /// <exception cref="WorkerRefusedException">The Worker keeps its checkpoints elsewhere.</exception>
    public async Task<AcquireJobResult?> RunAsync(LeaseClaim claim, ReportedCounters? counters, AttemptFailure? failure, WorkerOffer? next, CancellationToken cancellationToken)
    {
        if (next is null)
        {
            await FinishAsync(claim, counters, failure, cancellationToken);
            return null;
        }

        try
        {
            acquire.Require(next);
        }
        catch (WorkerRefusedException)
        {
            // Who gets nothing more has done this job all the same.
            await FinishAsync(claim, counters, failure, cancellationToken);
            throw;
        }

        var leaseId = acquire.NewLeaseId();
        try
        {
            var result = await store.WriteAsync(
                transaction =>
                {
                    Finish(transaction, claim, counters, failure);
                    return acquire.Acquire(transaction, next, leaseId);
                },
                cancellationToken);
            changes.Signal();
            acquire.Note(result);
            return result;
        }
        catch (MalformedDocumentException)
        {
            // What can't be granted, of whatever sweep, must not take back the end of this job.
            await FinishAsync(claim, counters, failure, cancellationToken);
            throw;
        }
    }

    private async Task FinishAsync(LeaseClaim claim, ReportedCounters? counters, AttemptFailure? failure, CancellationToken cancellationToken)
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
