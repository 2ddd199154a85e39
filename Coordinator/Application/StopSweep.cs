using CloudSweep.Core.Domain;
using CloudSweep.Core.Planning.Search;
using CloudSweep.Core.Ports.Store;

namespace CloudSweep.Coordinator.Application;

/// <summary>Lets the trials that have begun finish and cancels the others; when the last has finished, the sweep is complete.</summary>
internal sealed class StopSweep(ISweepStore store, TimeProvider time, SweepExpansion expansion, SweepStages stages, SweepChanges changes)
{
    private const string Reason = "stopped";

    /// <summary>Its state, and the trials that this call cancelled. Repeating it changes nothing.</summary>
    /// <exception cref="SweepNotFoundException">There is no such sweep.</exception>
    /// <exception cref="SweepFinishedException">It failed or was cancelled before.</exception>
    public async Task<(SweepState State, IReadOnlyList<int> Cancelled)> RunAsync(SweepId id, CancellationToken cancellationToken)
    {
        // Trials that are not stored yet could not be told as cancelled.
        await expansion.CompleteAsync(id, cancellationToken);
        var stopped = await store.WriteAsync(transaction => Stop(transaction, id), cancellationToken);
        changes.Signal();
        return stopped;
    }

    private (SweepState State, IReadOnlyList<int> Cancelled) Stop(IStoreTransaction transaction, SweepId id)
    {
        var sweep = SweepReader.Find(transaction, id);
        if (sweep.State == SweepState.Completed)
        {
            return (sweep.State, []);
        }

        if (sweep.State.IsFinal())
        {
            throw new SweepFinishedException($"Sweep {id} is {sweep.State} and can't be stopped any more.");
        }

        var pending = transaction.ListTrials(id).Where(trial => trial.State == TrialState.Pending).ToArray();
        foreach (var trial in pending)
        {
            transaction.UpdateTrial(trial.To(TrialState.Cancelled) with { Reason = Reason, FinishedAt = time.GetUtcNow() });
        }

        // Where rounds may follow, stopping ends the search also when every trial of this round has begun.
        var mayGoOn = NextRound.MostTrials(SweepDocuments.SpecOf(sweep)) > 0;
        transaction.UpdateSweep(sweep with { IsStopped = sweep.IsStopped || pending.Length > 0 || mayGoOn });
        CloseWhatIsDone(transaction, id);
        return (transaction.FindSweep(id)!.State, [.. pending.Select(trial => trial.Number)]);
    }

    private void CloseWhatIsDone(IStoreTransaction transaction, SweepId id)
    {
        var sweep = transaction.FindSweep(id)!;
        if (transaction.ListTrials(id).All(trial => trial.State.IsFinal()))
        {
            if (sweep.ProfileJson is null)
            {
                SweepEnding.End(transaction, id, SweepState.Completed, TrialState.Cancelled, "stopped before a trial began", time.GetUtcNow());
                return;
            }

            if (sweep.State == SweepState.Paused)
            {
                // Nothing waits to be resumed.
                SweepPause.End(transaction, sweep);
            }
        }

        foreach (var job in transaction.ListJobs(id).Where(job => job is { Kind: JobKind.Train, State: not JobState.Finished }))
        {
            if (transaction.ListTrialsOfJob(job.Id).All(trial => trial.State.IsFinal()))
            {
                stages.CloseJob(transaction, job);
            }
        }

        stages.Advance(transaction, transaction.FindSweep(id)!);
    }
}
