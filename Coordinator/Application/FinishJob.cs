using CloudSweep.Core.Domain;
using CloudSweep.Core.Ports.Store;

namespace CloudSweep.Coordinator.Application;

/// <summary>Closes an attempt: its job is finished, queued again, split, or given up. Repeating it with the winning token changes nothing.</summary>
internal sealed class FinishJob(ISweepStore store, TimeProvider time, SweepStages stages, AttemptConclusion conclusion, SweepChanges changes)
{
    /// <exception cref="LeaseLostException">A newer grant or a reap replaced the lease.</exception>
    public async Task RunAsync(LeaseClaim claim, ReportedCounters? counters, AttemptFailure? failure, CancellationToken cancellationToken)
    {
        await store.WriteAsync(transaction => Finish(transaction, claim, counters, failure), cancellationToken);
        changes.Signal();
    }

    private bool Finish(IStoreTransaction transaction, LeaseClaim claim, ReportedCounters? counters, AttemptFailure? failure)
    {
        if (transaction.FindJob(claim.Job) is { State: JobState.Finished } finished && finished.FinishedToken == claim.FencingToken)
        {
            return false;
        }

        var job = LeaseRules.RequireLatest(transaction, claim);
        counters?.Store(transaction, claim);
        var isDone = job.Kind == JobKind.Profile
            ? job.ShardKeys.All(transaction.ListShardProfiles(job.Id.Sweep).ContainsKey)
            : transaction.ListTrialsOfJob(job.Id).All(trial => trial.State.IsFinal());
        if (isDone)
        {
            stages.CloseJob(transaction, job);
        }
        else
        {
            conclusion.Conclude(transaction, job, failure ?? new AttemptFailure("The Worker finished the job without its results.", IsPermanent: false), time.GetUtcNow());
        }

        return true;
    }
}
