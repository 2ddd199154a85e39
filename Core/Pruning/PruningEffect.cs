using CloudSweep.Core.Domain;
using CloudSweep.Core.Planning;

namespace CloudSweep.Core.Pruning;

/// <summary>What pruning saved, and what it may have cost.</summary>
/// <param name="FullRows">Training rows, summed over trials, that the full grid would have trained: what ended by itself counts as far as it came.</param>
/// <param name="TrainedRows">Training rows of the steps that trials did; steps that were done again after an interruption count once.</param>
/// <param name="PrunedRates">Configurations that were pruned.</param>
/// <param name="CloseRates">Those of them that were behind by no more than the noise.</param>
public sealed record PruningEffect(long FullRows, long TrainedRows, int PrunedRates, int CloseRates)
{
    /// <param name="trials">All trials of the sweep: parameters, state and steps done.</param>
    /// <param name="trainRows">Training rows of an epoch.</param>
    /// <param name="decisions">All decisions.</param>
    public static PruningEffect Of(IEnumerable<(TrialParameters Parameters, TrialState State, long Step)> trials, long trainRows, IReadOnlyCollection<RungDecision> decisions)
    {
        ArgumentNullException.ThrowIfNull(trials);
        ArgumentNullException.ThrowIfNull(decisions);
        var (full, trained) = (0L, 0L);
        foreach (var (parameters, state, step) in trials)
        {
            var steps = StepCount.Of(parameters, trainRows);
            trained += steps.RowsAt(step);
            full += steps.RowsAt(state == TrialState.Pruned ? steps.Total : step);
        }

        RungEntry[] pruned = [.. decisions.SelectMany(decision => decision.Entries).Where(entry => entry.Outcome == RungOutcome.Pruned)];
        return new PruningEffect(full, trained, pruned.Length, pruned.Count(entry => entry.IsClose));
    }
}
