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
            LossScale = baselineLoss - new LossCurve(Best.Repeats[0]).Last;
        }

        PooledDeviation = Pool();
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

    /// <summary>u: the lowest diverged rate by either rule; +∞ when none diverged.</summary>
    public double LowestDiverged { get; }

    /// <summary>S is within twice the noise: nothing was learned, so nothing can be said.</summary>
    public bool NothingLearned => Best is null || double.IsNaN(Scale) || Scale <= 2 * (double.IsNaN(Best.EvaluationError) ? 0 : Best.EvaluationError);

    private double LowestStopped { get; }

    /// <summary>σ over repeats; NaN with one repeat.</summary>
    private double PooledDeviation { get; }

    /// <summary>Rule (a), or rule (b): no better than a constant, above the best rate.</summary>
    public bool HasDiverged(RateResults rate) => rate.WasStopped || IsNoBetterThanConstant(rate);

    /// <summary>Rule (b).</summary>
    public bool IsNoBetterThanConstant(RateResults rate) =>
        Best is not null && !NothingLearned && rate.Rate > Best.Rate && rate.Worst >= Baseline - (0.02 * Math.Abs(Baseline));

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

        var error = Math.Sqrt((rate.EvaluationError * rate.EvaluationError) + (Best.EvaluationError * Best.EvaluationError));
        return double.IsNaN(error) ? 0 : error;
    }

    /// <summary>Whether <see cref="ErrorOf"/> knows evaluation noise only.</summary>
    public bool HasEvaluationNoiseOnly => double.IsNaN(PooledDeviation);

    public bool IsTied(RateResults rate) => rate.IsCompleted && !HasDiverged(rate) && !NothingLearned && Excess(rate) <= ErrorOf(rate);

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

    // σ from paired differences to r* over the rates within 0.1·S of it.
    private double Pool()
    {
        if (Best is null || Best.Repeats.Count < 2)
        {
            return double.NaN;
        }

        var variances = Rates
            .Where(rate => rate != Best && rate.IsComplete && rate.Repeats.Count == Best.Repeats.Count && rate.Mean - Best.Mean <= 0.1 * Scale)
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
