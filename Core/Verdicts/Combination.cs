using CloudSweep.Core.Domain;

namespace CloudSweep.Core.Verdicts;

/// <summary>
/// The numbers behind the verdicts of one combination of all settings but the rate (docs/verdicts.md): r*, u, S, SE and Δ. Everything minimizes.
/// </summary>
internal sealed class Combination
{
    /// <param name="results">Of this combination.</param>
    /// <param name="objective">What counts.</param>
    /// <param name="baseline">B: metric of the best constant predictor, natural sign; NaN when unknown.</param>
    /// <param name="baselineLoss">B of the training loss; NaN when unknown.</param>
    public Combination(IReadOnlyList<TrialResult> results, Objective objective, double baseline, double baselineLoss)
    {
        Sign = objective.Goal == ObjectiveGoal.Minimize ? 1 : -1;
        Baseline = Sign * baseline;
        Rates = [.. results.GroupBy(result => result.Trial.Parameters.LearningRate).OrderBy(group => group.Key)
            .Select(group => new RateResults([.. group.OrderBy(result => result.Trial.Parameters.Repeat)], objective))];
        LowestStopped = Rates.FirstOrDefault(rate => rate.WasStopped)?.Rate ?? double.PositiveInfinity;
        Best = Rates.Where(rate => rate.IsCompleted && rate.Rate < LowestStopped).MinBy(rate => rate.Mean);
        Scale = Best is null ? double.NaN : Baseline - Best.Mean;
        LossScale = Scale;
        if (Best is not null && objective.Metric != MetricNames.ValidationLoss)
        {
            // Curves are training losses: measure them by what the best rate gained in training.
            LossScale = baselineLoss - Best.Curves[0].Last;
        }

        PooledDeviation = Pool();
        HasMoved = Best is not null && Moved(Best, baselineLoss);
        Finding = Find();
        LowestDiverged = Rates.FirstOrDefault(HasDiverged)?.Rate ?? double.PositiveInfinity;
    }

    /// <summary>Turns values that minimize into natural ones, and back.</summary>
    public int Sign { get; }

    /// <summary>Ascending.</summary>
    public IReadOnlyList<RateResults> Rates { get; }

    /// <summary>B, minimizing.</summary>
    public double Baseline { get; }

    /// <summary>r*: the best rate below u of which every repeat completed; null when there is none.</summary>
    public RateResults? Best { get; }

    /// <summary>S = B − m(r*).</summary>
    public double Scale { get; }

    /// <summary>S in units of the training loss.</summary>
    public double LossScale { get; }

    /// <summary>A gain of no more may be chance: twice the standard error of the best rate's evaluation.</summary>
    public double GainNoise => Best is null || double.IsNaN(Best.EvaluationError) ? 0 : 2 * Best.EvaluationError;

    /// <summary>u: the lowest diverged rate by either rule; +∞ when none diverged.</summary>
    public double LowestDiverged { get; }

    /// <summary>Whether anything can be said, or why not.</summary>
    public Finding Finding { get; }

    public bool HasLearned => Finding == Finding.Learned;

    /// <summary>A measurement shows that training, not luck, made the best rate's score.</summary>
    public bool HasMoved { get; }

    private double LowestStopped { get; }

    /// <summary>From here on a score is no better than that of a constant.</summary>
    private double NoBetter => Baseline - (0.02 * Math.Abs(Baseline));

    /// <summary>σ over repeats; NaN with one repeat.</summary>
    private double PooledDeviation { get; }

    /// <summary>Rule (a), or rule (b): no better than a constant, above the best rate.</summary>
    public bool HasDiverged(RateResults rate) => rate.WasStopped || IsNoBetterThanConstant(rate);

    /// <summary>Rule (b). What was pruned did not come to its end: early, the best rate may have been no better.</summary>
    public bool IsNoBetterThanConstant(RateResults rate) =>
        HasLearned && !rate.IsPruned && rate.Rate > Best!.Rate && rate.Worst >= NoBetter;

    /// <summary>Repeats of a rate to which rule (b) applies.</summary>
    public int RepeatsNoBetterThanConstant(RateResults rate) => Enumerable.Range(0, rate.Repeats.Count).Count(repeat => rate.EndOf(repeat) >= NoBetter);

    /// <summary>Survived above u.</summary>
    public bool IsIsolated(RateResults rate) => rate.Rate > LowestDiverged && !HasDiverged(rate);

    /// <summary>Δ(r) = m(r) − m(r*).</summary>
    public double Excess(RateResults rate) => Best is null ? double.NaN : rate.Mean - Best.Mean;

    /// <summary>SE(r): over repeats, or of the evaluations with one repeat.</summary>
    public double ErrorOf(RateResults rate)
    {
        if (Best is null || !double.IsNaN(PooledDeviation))
        {
            return Best is null ? double.NaN : PooledDeviation / Math.Sqrt(Best.Repeats.Count);
        }

        // Under the question "is it as good as the best?" its noise is no more than the best's: a bad rate's own noise is no excuse (ADR 6).
        var (own, best) = (rate.EvaluationError, Best.EvaluationError);
        var error = Math.Sqrt(Math.Min(own * own, best * best) + (best * best));
        return double.IsNaN(error) ? 0 : error;
    }

    /// <summary>Whether <see cref="ErrorOf"/> knows evaluation noise only.</summary>
    public bool HasEvaluationNoiseOnly => double.IsNaN(PooledDeviation);

    /// <summary>What is lost without mattering: 2 % of what the best rate gained.</summary>
    public double Negligible => 0.02 * Scale;

    /// <summary>Δ(r) ≤ max(2·SE, 0.02·S).</summary>
    public bool IsGood(RateResults rate) => Excess(rate) <= Math.Max(2 * ErrorOf(rate), Negligible);

    public bool IsTied(RateResults rate) => CanBeTied(rate) && IsWithinNoise(rate);

    /// <summary>It came to its end, did not diverge, and something was learned here.</summary>
    public bool CanBeTied(RateResults rate) => HasLearned && rate.IsCompleted && !rate.IsTooShort && !HasDiverged(rate);

    /// <summary>Δ(r) ≤ SE(r), also for a rate of another combination.</summary>
    public bool IsWithinNoise(RateResults rate) => HasLearned && Excess(rate) <= ErrorOf(rate);

    /// <summary>The unbroken run of tied rates around r*, below u.</summary>
    public IReadOnlyList<RateResults> TiedRun()
    {
        if (Best is null)
        {
            return [];
        }

        // The rate u itself is not tied, so a run never reaches beyond it.
        var below = Rates.Where(rate => rate.Rate < Best.Rate).Reverse().TakeWhile(IsTied).Reverse();
        var above = Rates.Where(rate => rate.Rate > Best.Rate).TakeWhile(IsTied);
        return [.. below, Best, .. above];
    }

    private Finding Find() =>
        Best is null || double.IsNaN(Scale) ? Finding.NothingToCompare
        : Best.IsTooShort ? Finding.TooFewSteps
        : Scale <= GainNoise ? Finding.NothingLearned
        : HasMoved ? Finding.Learned
        : Finding.NothingMoved;

    // All rates start from the same weights. Those may score better than a constant by luck, so a good score alone does not show that anything moved.
    private bool Moved(RateResults best, double baselineLoss)
    {
        // Where hardly anything was gained, a fall is measured by the baseline.
        var scale = Math.Max(Math.Abs(LossScale), 0.02 * Math.Abs(baselineLoss));
        return best.Curves.Any(curve => curve.Falls(scale) || curve.EndsBelow(baselineLoss / 2))
            || Rates.Any(rate => rate.Rate < best.Rate && rate.IsCompleted && !IsGood(rate));
    }

    // σ from paired differences to r* over the rates within 0.1·S of it.
    private double Pool()
    {
        if (Best is null || Best.Repeats.Count < 2)
        {
            return double.NaN;
        }

        var variances = Rates
            .Where(rate => rate != Best && rate.IsCompleted && rate.Repeats.Count == Best.Repeats.Count && rate.Mean - Best.Mean <= 0.1 * Scale)
            .Select(rate => SampleVariance([.. Enumerable.Range(0, rate.Repeats.Count).Select(repeat => rate.ValueOf(repeat) - Best.ValueOf(repeat))]))
            .ToArray();
        return variances.Length == 0 ? double.NaN : Math.Sqrt(variances.Average());
    }

    private static double SampleVariance(double[] values)
    {
        var mean = values.Average();
        return values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1);
    }
}
