using CloudSweep.Core.Domain;
using CloudSweep.Core.Ranking;

namespace CloudSweep.Core.Verdicts;

/// <summary>Turns stored measurements into the answer of a sweep. Does not depend on the order in which anything arrived.</summary>
public static class SweepAnswerer
{
    /// <param name="spec">The sweep.</param>
    /// <param name="profile">Null before it is known: then no verdict but Diverged can be given.</param>
    /// <param name="results">All trials, in any order, at any moment of the sweep.</param>
    public static SweepAnswer Answer(SweepSpec spec, DataProfile? profile, IReadOnlyList<TrialResult> results)
    {
        ArgumentNullException.ThrowIfNull(spec);
        var baseline = profile is null ? double.NaN : Baseline.Of(profile, spec.Objective.Metric);
        var baselineLoss = profile is null ? double.NaN : Baseline.TrainingLoss(profile);
        var combinations = results
            .OrderBy(result => result.Trial.Number)
            .GroupBy(result => CombinationKey.Of(result.Trial.Parameters))
            .Select(group => new Combination([.. group], spec.Objective, baseline, baselineLoss))
            .ToArray();
        var verdicts = combinations.Select(combination => new Judge(combination).Verdicts()).ToArray();
        var toTake = combinations.Where(combination => combination.HasLearned).MinBy(combination => combination.Best!.Mean);
        var best = combinations
            .SelectMany(combination => combination.Rates)
            .Where(rate => rate.IsCompleted)
            .OrderBy(rate => rate.Mean)
            .ThenBy(rate => rate.FirstTrial)
            .FirstOrDefault();
        return new SweepAnswer(
            best?.Score(),
            toTake is null ? null : Recommender.Recommend(toTake),
            toTake is null ? Advice.For(combinations) : "",
            best is null ? [] : Tied(combinations, combinations.Single(combination => combination.Rates.Contains(best))),
            [.. combinations.Zip(verdicts, Recommender.RangeOf).OfType<StableRange>()],
            [.. verdicts.SelectMany(verdict => verdict)],
            baseline)
        {
            Findings = [.. combinations.Select(CombinationFinding.Of)],
        };
    }

    // The rule of a verdict's "tied", over all combinations and against the best rate of one.
    private static int[] Tied(IEnumerable<Combination> combinations, Combination reference) =>
        [.. combinations
            .SelectMany(combination => combination.Rates.Where(rate => combination.CanBeTied(rate) && reference.IsWithinNoise(rate)))
            .SelectMany(rate => rate.Repeats.Select(repeat => repeat.Trial.Number))
            .Order()];
}
