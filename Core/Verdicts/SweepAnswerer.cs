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
            .GroupBy(result => result.Trial.Parameters with { LearningRate = 0, RateIndex = 0, Repeat = 0 })
            .Select(group => new Combination([.. group], spec.Objective, baseline, baselineLoss))
            .ToArray();
        var verdicts = combinations.Select(combination => new Judge(combination).Verdicts()).ToArray();
        var ranking = Leaderboard.Rank(results, spec.Objective);
        var best = combinations.Where(combination => !combination.NothingLearned).MinBy(combination => combination.Best!.Mean);
        return new SweepAnswer(
            ranking is [var (winner, _), ..] ? winner.Trial : null,
            best is null ? null : Recommender.Recommend(best),
            Leaderboard.TiedWithBest(ranking, spec.Objective),
            [.. combinations.Zip(verdicts, Recommender.RangeOf).OfType<StableRange>()],
            [.. verdicts.SelectMany(verdict => verdict)],
            baseline);
    }
}
