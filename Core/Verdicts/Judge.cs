using System.Globalization;
using CloudSweep.Core.Domain;

namespace CloudSweep.Core.Verdicts;

/// <summary>Gives every rate of a combination its verdict, in the order of docs/verdicts.md.</summary>
internal sealed class Judge(Combination combination)
{
    private const double StuckShare = 0.01;

    public IReadOnlyList<RateVerdict> Verdicts() => [.. combination.Rates.Select(VerdictOf)];

    private RateVerdict VerdictOf(RateResults rate)
    {
        var (kind, evidence) = Decide(rate);
        return new RateVerdict(
            rate.Parameters,
            kind,
            combination.Sign * rate.Mean,
            rate.EvaluationError,
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
            return (VerdictKind.Diverged, rate.Repeats.First(repeat => repeat.State == TrialState.Diverged).Reason);
        }

        if (combination.IsNoBetterThanConstant(rate))
        {
            return (VerdictKind.Diverged, Text($"ended no better than the baseline {Math.Abs(combination.Baseline):G3}"));
        }

        if (combination.Best is not { } best || !rate.IsComplete)
        {
            return (VerdictKind.Undecided, Unfinished(rate));
        }

        if (combination.NothingLearned)
        {
            return (VerdictKind.Undecided, Text($"no rate learned more than the noise: the best is {combination.Scale:G3} better than a constant"));
        }

        if (rate.IsPruned)
        {
            return rate.Rate < best.Rate
                ? (VerdictKind.TooSlow, Text($"pruned at step {rate.Repeats[0].Step}, behind {best.Rate:G3}"))
                : (VerdictKind.TooLarge, Text($"pruned at step {rate.Repeats[0].Step}, behind {best.Rate:G3}"));
        }

        var curves = rate.Repeats.Select(repeat => new LossCurve(repeat)).ToArray();
        return curves.Any(curve => curve.IsTooShort)
            ? (VerdictKind.Undecided, "fewer than 3 loss windows: too few steps to tell")
            : ByExcess(rate, best, curves);
    }

    private (VerdictKind Kind, string Evidence) ByExcess(RateResults rate, RateResults best, LossCurve[] curves)
    {
        var (excess, error) = (combination.Excess(rate), combination.ErrorOf(rate));
        if (excess <= Math.Max(2 * error, 0.02 * combination.Scale))
        {
            return (VerdictKind.Good, rate == best ? "the best" : Text($"{excess:G3} from the best, noise {error:G2}"));
        }

        foreach (var curve in curves)
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

        var isImproving = curves.Max(curve => curve.LateImprovement()) > StuckShare * combination.LossScale;
        return (VerdictKind.TooSlow, Text($"{excess:G3} worse than rate {best.Rate:G3}, {(isImproving ? "still improving" : "stuck")}"));
    }

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
