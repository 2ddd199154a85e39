using System.Globalization;

namespace CloudSweep.Core.Verdicts;

/// <summary>Which rate of a combination to take, and which are safe.</summary>
internal static class Recommender
{
    /// <summary>The geometric middle of the tied run, snapped down to a tried rate of at most u/2; else r* itself, at the edge. Null when nothing was learned.</summary>
    public static Recommendation? Recommend(Combination combination)
    {
        if (combination.Best is not { } best || !combination.HasLearned)
        {
            return null;
        }

        var run = combination.TiedRun();
        var middle = Math.Sqrt(run[0].Rate * run[^1].Rate);
        var ceiling = Math.Min(middle * (1 + 1e-9), combination.LowestDiverged / 2);
        var chosen = run.LastOrDefault(rate => rate.Rate <= ceiling);
        var rate = chosen ?? best;
        var isEnd = rate == combination.Rates[0] || rate == combination.Rates[^1];
        return new Recommendation(rate.Score(), Reason(combination, best, run.Count, chosen is not null, isEnd), chosen is null || isEnd);
    }

    /// <summary>The safe rates; null when nothing was learned.</summary>
    public static StableRange? RangeOf(Combination combination, IReadOnlyList<RateVerdict> verdicts)
    {
        if (combination.Best is not { } best || !combination.HasLearned)
        {
            return null;
        }

        // A rate that nothing is known of ends no range. One that was pruned did not show that it does not blow up later.
        var known = verdicts.Where(verdict => verdict.Verdict != VerdictKind.Undecided).ToArray();
        var high = known.Last(verdict => verdict.Parameters.LearningRate < combination.LowestDiverged && !verdict.IsProvisional).Parameters.LearningRate;
        var low = known
            .Where(verdict => verdict.Parameters.LearningRate <= best.Rate)
            .Reverse()
            .TakeWhile(verdict => verdict.Verdict != VerdictKind.TooSlow)
            .Last().Parameters.LearningRate;
        return new StableRange(
            best.Parameters.Optimizer,
            best.Parameters.Schedule,
            best.Parameters.Model,
            best.Parameters.Training,
            low,
            high,
            Math.Log10(high / low),
            verdicts.Any(verdict => verdict.Parameters.LearningRate < low && verdict.Verdict == VerdictKind.TooSlow),
            verdicts.Any(verdict => verdict.Parameters.LearningRate > best.Rate && (verdict.Verdict == VerdictKind.Diverged || IsClearlyWorse(verdict))));
    }

    private static bool IsClearlyWorse(RateVerdict verdict) => verdict.Verdict is VerdictKind.TooLarge or VerdictKind.Oscillating && !verdict.IsTied;

    private static string Reason(Combination combination, RateResults best, int tied, bool isSafe, bool isEnd)
    {
        var run = combination.Rates.Count == 1 ? "the only rate"
            : tied == 1 ? "the best rate, ahead of its neighbours by more than the noise"
            : isSafe ? string.Create(CultureInfo.InvariantCulture, $"middle of {tied} tied rates")
            : string.Create(CultureInfo.InvariantCulture, $"the best of {tied} tied rates");
        var margin = double.IsPositiveInfinity(combination.LowestDiverged)
            ? "no tried rate diverged"
            : string.Create(CultureInfo.InvariantCulture, $"{(isSafe ? "at most half of" : "but within a factor of 2 of")} the lowest diverged rate {combination.LowestDiverged:G3}");
        var noise = combination.HasEvaluationNoiseOnly ? $"; noise: evaluation only{(best.Repeats.Count == 1 ? ", use repeats to know more" : "")}" : "";
        var lower = combination.Rates.Where(rate => rate.Rate < best.Rate).ToArray();
        var mayWinLate = lower.Length > 0 && lower.All(rate => rate.IsPruned) ? "; every lower rate was pruned early, and such a rate may win late" : "";
        return $"{run}, {margin}{mayWinLate}{(isEnd ? "; at an end of the grid, so a better rate may lie outside" : "")}{noise}";
    }
}
