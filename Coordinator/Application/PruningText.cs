using System.Globalization;
using CloudSweep.Core.Domain;
using CloudSweep.Core.Planning;
using CloudSweep.Core.Ports.Store;
using CloudSweep.Core.Pruning;

namespace CloudSweep.Coordinator.Application;

/// <summary>Why a trial was pruned, for people.</summary>
internal static class PruningText
{
    /// <summary>What to tell of trials that can't be pruned though the sweep prunes; null when all can.</summary>
    public static string? RemarkOn(SweepSpec spec, long trainRows)
    {
        if (spec.Pruning is null || RateCombination.Of(spec).FirstOrDefault(combination => RungPlan.Of(spec.Pruning, combination.Variant.Training, combination.Schedule, trainRows).Count == 0) is not { } without)
        {
            return null;
        }

        var steps = StepCount.Of(without.Variant.Training, trainRows).Total;
        var factor = ((PruningSpec.SuccessiveHalving)spec.Pruning).ReductionFactor;
        return string.Create(CultureInfo.InvariantCulture, $"No trial of {steps} steps with the schedule {without.Schedule.Kind} is pruned: 1/{factor} of its steps are over before step {RungPlan.FirstStep(without.Schedule, steps)}, where judging may begin. Use a smaller reductionFactor, more steps or a shorter warm-up.");
    }

    /// <param name="trial">As it was before.</param>
    /// <param name="decision">What ended it.</param>
    /// <param name="entry">Its configuration's part of that.</param>
    /// <param name="metric">The objective's.</param>
    public static string ReasonOf(TrialRecord trial, RungDecision decision, RungEntry entry, string metric)
    {
        var value = entry.Outcome == RungOutcome.Diverged
            ? "a repeat has diverged"
            : string.Create(CultureInfo.InvariantCulture, $"{metric} {entry.Value:G3}, place {entry.Place} of {decision.Ranked}");
        return string.Create(CultureInfo.InvariantCulture, $"{(trial.State == TrialState.Pending ? "not begun; its other repeats were " : "")}pruned at step {decision.Step} (rung {decision.Rung}): {value}");
    }
}
