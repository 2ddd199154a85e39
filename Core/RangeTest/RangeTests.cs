using CloudSweep.Core.Domain;
using CloudSweep.Core.Verdicts;

namespace CloudSweep.Core.RangeTest;

/// <summary>The range tests of a sweep: one for each combination that has ramps.</summary>
public static class RangeTests
{
    /// <summary>The ramps of each combination, by number; those that failed or were cancelled included.</summary>
    public static IEnumerable<IReadOnlyList<TrialResult>> Of(IEnumerable<TrialResult> trials) => trials
        .Where(trial => trial.Trial.Parameters.Ramp is not null)
        .OrderBy(trial => trial.Trial.Number)
        .GroupBy(trial => CombinationKey.Of(trial.Trial.Parameters))
        .Select(ramps => ramps.ToArray());

    /// <summary>
    /// What can be decided now: about combinations that were not decided about, of which no ramp is open and at least one came to its end. Where all failed
    /// there is nothing to go by, and a retry of them leads here again.
    /// </summary>
    /// <param name="trials">All trials of the sweep.</param>
    /// <param name="decided">What was decided before.</param>
    /// <param name="trainRows">Training rows of an epoch.</param>
    public static IReadOnlyList<RangeDecision> Decide(IEnumerable<TrialResult> trials, IReadOnlyCollection<RangeDecision> decided, long trainRows)
    {
        var known = decided.Select(decision => decision.Ramp).ToHashSet();
        return
        [
            .. from ramps in Of(trials)
               where !known.Contains(ramps[0].Trial.Number) && ramps.All(ramp => ramp.State.IsFinal())
               let usable = ramps.Where(HasEnded).ToArray()
               where usable.Length > 0
               select new RangeDecision(ramps[0].Trial.Number, RangeRule.Find(usable, trainRows), [.. usable.Select(ramp => ramp.Trial.Number)]),
        ];
    }

    /// <summary>It came to its end, which for a ramp may be to blow up.</summary>
    public static bool HasEnded(TrialResult ramp)
    {
        ArgumentNullException.ThrowIfNull(ramp);
        return ramp.State is TrialState.Completed or TrialState.Diverged;
    }
}
