using System.Globalization;
using CloudSweep.Core.Domain;

namespace CloudSweep.Core.Verdicts;

/// <summary>Gives every rate of a combination its verdict, in the order of docs/verdicts.md.</summary>
internal sealed class Judge(Combination combination)
{
    private const string TooShort = "fewer than 3 loss windows: too few steps";

    public IReadOnlyList<RateVerdict> Verdicts() => [.. combination.Rates.Select(VerdictOf)];

    private RateVerdict VerdictOf(RateResults rate)
    {
        var (kind, evidence) = Decide(rate);
        return new RateVerdict(
            rate.Parameters,
            kind,
            combination.Sign * rate.Mean,
            rate.StandardError,
            evidence,
            [.. rate.Repeats.Select(repeat => repeat.Trial.Number)],
            combination.IsTied(rate),
            combination.IsIsolated(rate),
            rate.IsPruned);
    }

    private (VerdictKind Kind, string Evidence) Decide(RateResults rate)
    {
        if (rate.WasStopped)
        {
            return (VerdictKind.Diverged, rate.Repeats.First(repeat => repeat.State == TrialState.Diverged).Reason + Of(rate, rate.Repeats.Count(repeat => repeat.State == TrialState.Diverged)));
        }

        if (combination.Best is not { } best || !combination.HasLearned)
        {
            return (VerdictKind.Undecided, rate.IsComplete || rate.IsPruned ? NothingSaid() : Unfinished(rate));
        }

        if (combination.IsNoBetterThanConstant(rate))
        {
            return (VerdictKind.Diverged, Text($"ended no better than the baseline {Math.Abs(combination.Baseline):G3}") + Of(rate, combination.RepeatsNoBetterThanConstant(rate)));
        }

        // It may have been pruned before its first evaluation.
        if (rate.IsPruned)
        {
            return (rate.Rate < best.Rate ? VerdictKind.TooSlow : VerdictKind.TooLarge, Text($"pruned at step {rate.PrunedAt}, behind {best.Rate:G3}{(double.IsFinite(rate.Mean) ? "; its score is from before" : "")}"));
        }

        if (!rate.IsComplete)
        {
            return (VerdictKind.Undecided, Unfinished(rate));
        }

        return rate.IsTooShort ? (VerdictKind.Undecided, TooShort) : ByExcess(rate, best);
    }

    private (VerdictKind Kind, string Evidence) ByExcess(RateResults rate, RateResults best)
    {
        var excess = combination.Excess(rate);
        if (combination.IsGood(rate))
        {
            return (VerdictKind.Good, rate == best ? "the best" : WhyGood(excess, 2 * combination.ErrorOf(rate)));
        }

        foreach (var curve in rate.Curves)
        {
            if (curve.Oscillates(combination.LossScale, out var rising, out var deviation))
            {
                return (VerdictKind.Oscillating, Text($"loss rose in {rising:P0} of late windows, {deviation:G3} about its trend"));
            }
        }

        if (rate.Rate > best.Rate)
        {
            return (VerdictKind.TooLarge, Text($"{excess:G3} worse than rate {best.Rate:G3}"));
        }

        var isImproving = rate.Curves.Any(curve => curve.IsImproving(combination.LossScale));
        return (VerdictKind.TooSlow, Text($"{excess:G3} worse than rate {best.Rate:G3}, {(isImproving ? "still improving" : "stuck")}"));
    }

    // The bound that made it Good.
    private string WhyGood(double excess, double noise) =>
        excess < 0 ? Text($"{-excess:G3} better than rate {combination.Best!.Rate:G3}")
        : excess <= noise ? Text($"{excess:G3} worse, within 2 SE ({noise:G2})")
        : Text($"{excess:G3} worse, within 2% of gain ({combination.Negligible:G2})");

    // A mean that looks fine needs the reason why it does not count.
    private static string Of(RateResults rate, int repeats) => repeats < rate.Repeats.Count ? Text($" ({repeats} of {rate.Repeats.Count} repeats)") : "";

    private string NothingSaid() => combination.Finding switch
    {
        Finding.TooFewSteps => TooShort,
        Finding.NothingLearned => Text($"nothing learned: best gained {combination.Scale:G3}, 2 SE {combination.GainNoise:G2}"),
        Finding.NothingMoved => "nothing shows that training moved the weights",
        _ => "nothing to compare it with",
    };

    private static string Unfinished(RateResults rate)
    {
        var repeat = rate.Repeats.FirstOrDefault(repeat => repeat.State is not (TrialState.Completed or TrialState.Pruned)) ?? rate.Repeats[0];
        return repeat.State switch
        {
            TrialState.Failed => $"failed: {repeat.Reason}",
            TrialState.Cancelled => "cancelled before its end",
            TrialState.Pending or TrialState.Running => "not finished yet",
            _ => "has no finite score",
        };
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
