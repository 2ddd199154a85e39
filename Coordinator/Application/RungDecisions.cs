using CloudSweep.Core.Domain;
using CloudSweep.Core.Ports.Store;
using CloudSweep.Core.Pruning;

namespace CloudSweep.Coordinator.Application;

/// <summary>
/// Decides, in the transaction of a report, about what has reached a rung by it: once for each configuration and rung, stored with a sequence number.
/// Repeats go together. Those that have begun are waited for; those that have not go the way of the others.
/// </summary>
internal sealed class RungDecisions(TimeProvider time, SweepStages stages)
{
    /// <summary>Decides what a job's report allows to decide; a report that brought nothing new changes nothing. False when there is nothing to prune, so that no trial has changed.</summary>
    public bool Decide(IStoreTransaction transaction, SweepRecord sweep, JobRecord job, ProgressReport report)
    {
        if (job.Kind != JobKind.Train || (report.Outcomes.Count == 0 && !report.Measurements.OfType<Measurement.Rung>().Any()))
        {
            return false;
        }

        var spec = SweepDocuments.SpecOf(sweep);
        if (spec.Pruning is not PruningSpec.SuccessiveHalving halving)
        {
            return false;
        }

        var board = new RungBoard(transaction, sweep.Id, job.Id.Number, spec);
        foreach (var combination in board.Combinations())
        {
            foreach (var rung in RungPlan.Of(halving, combination[0].Parameters, sweep.TrainRows))
            {
                if (board.Candidates(combination, rung) is { Count: > 0 } candidates)
                {
                    Store(transaction, sweep, halving, spec.Objective, board, combination, rung, candidates);
                }
            }
        }

        CloseWhatIsDone(transaction, job);
        return true;
    }

    private void Store(
        IStoreTransaction transaction,
        SweepRecord sweep,
        PruningSpec.SuccessiveHalving halving,
        Objective objective,
        RungBoard board,
        IReadOnlyList<TrialRecord> combination,
        Rung rung,
        IReadOnlyList<RungCandidate> candidates)
    {
        var rows = candidates.Max(candidate => candidate.Rows);
        var (entries, ranked) = HalvingRule.Decide(halving, objective.Goal, board.Decided(combination, rung, rows), candidates);
        var decision = board.Add(rung, rows, ranked, entries);
        transaction.InsertRungDecision(sweep.Id, decision);
        foreach (var entry in entries.Where(entry => !entry.GoesOn()))
        {
            foreach (var trial in entry.Trials.Select(number => transaction.FindTrial(sweep.Id, number)!).Where(trial => !trial.State.IsFinal()))
            {
                transaction.UpdateTrial(trial.To(TrialState.Pruned) with
                {
                    Reason = PruningText.ReasonOf(trial, decision, entry, objective.Metric),
                    Step = trial.State == TrialState.Pending ? 0 : Math.Max(trial.Step, rung.Step),
                    FinishedAt = time.GetUtcNow(),
                });
            }
        }
    }

    /// <summary>Repeats that were pruned before they began may have been all that a job was for. This job is its holder's to finish.</summary>
    private void CloseWhatIsDone(IStoreTransaction transaction, JobRecord reporting)
    {
        foreach (var job in transaction.ListJobs(reporting.Id.Sweep).Where(job => job is { Kind: JobKind.Train, State: JobState.Queued }))
        {
            if (!transaction.HasOpenTrials(job.Id))
            {
                stages.CloseJob(transaction, job);
            }
        }
    }
}
