using CloudSweep.Core.Domain;
using CloudSweep.Core.Ranking;

namespace CloudSweep.Core.Verdicts;

/// <summary>The repeats of one rate, with scores that minimize: accuracies are negated.</summary>
internal sealed class RateResults
{
    private readonly double _sign;

    /// <param name="repeats">By repeat, at least one.</param>
    /// <param name="objective">Decides score and sign.</param>
    public RateResults(IReadOnlyList<TrialResult> repeats, Objective objective)
    {
        _sign = objective.Goal == ObjectiveGoal.Minimize ? 1 : -1;
        Repeats = repeats;
        Scores = [.. repeats.Select(repeat => repeat.State is TrialState.Completed or TrialState.Pruned
            ? TrialScore.Of(repeat.Measurements, objective, repeat.State)
            : null)];
        Curves = [.. repeats.Select(repeat => new LossCurve(repeat))];
        var values = Scores.OfType<TrialScore>().ToArray();
        var mean = RepeatMean.Of([.. values.Select(score => (score.Value, score.StandardError))]);
        (Mean, StandardError) = (_sign * mean.Value, mean.StandardError);
        EvaluationError = values.Length == 0 ? double.NaN : Math.Sqrt(values.Sum(score => score.StandardError * score.StandardError)) / values.Length;
    }

    public IReadOnlyList<TrialResult> Repeats { get; }

    /// <summary>Parallel to <see cref="Repeats"/>; null for a repeat that has none.</summary>
    public IReadOnlyList<TrialScore?> Scores { get; }

    /// <summary>Parallel to <see cref="Repeats"/>.</summary>
    public IReadOnlyList<LossCurve> Curves { get; }

    public TrialParameters Parameters => Repeats[0].Trial.Parameters;

    public double Rate => Parameters.LearningRate;

    public int FirstTrial => Repeats[0].Trial.Number;

    /// <summary>m(r), minimizing; NaN without a score.</summary>
    public double Mean { get; }

    /// <summary>Standard error of <see cref="Mean"/>: between repeats, or over rows with one repeat.</summary>
    public double StandardError { get; }

    /// <summary>Standard error of <see cref="Mean"/> over rows.</summary>
    public double EvaluationError { get; }

    /// <summary>Rule (a): any repeat was stopped by the divergence rule.</summary>
    public bool WasStopped => Repeats.Any(repeat => repeat.State == TrialState.Diverged);

    public bool IsPruned => Repeats.Any(repeat => repeat.State == TrialState.Pruned);

    /// <summary>Step at which its repeats were pruned; one that had not begun has none.</summary>
    public long PrunedAt => Repeats.Where(repeat => repeat.State == TrialState.Pruned).Max(repeat => repeat.Step);

    public bool IsUnfinished => Repeats.Any(repeat => !repeat.State.IsFinal());

    /// <summary>Every repeat ended with a score, and their mean is finite.</summary>
    public bool IsComplete => double.IsFinite(Mean) && Scores.All(score => score is not null);

    /// <summary>Every repeat reached its last step with a score: only such rates are compared with each other and recommended.</summary>
    public bool IsCompleted => IsComplete && Repeats.All(repeat => repeat.State == TrialState.Completed);

    /// <summary>A repeat has too few loss windows to tell what the rate did.</summary>
    public bool IsTooShort => Curves.Any(curve => curve.IsTooShort);

    /// <summary>Value of one repeat, minimizing; NaN without a score.</summary>
    public double ValueOf(int repeat) => Scores[repeat] is { } score ? _sign * score.Value : double.NaN;

    /// <summary>Of a rate of which every repeat ended with a score.</summary>
    public ConfigurationScore Score() => ConfigurationScore.Of([.. Repeats.Zip(Scores, (repeat, score) => (repeat.Trial, score!))]);

    /// <summary>As <see cref="ValueOf"/>, but infinite for a repeat that ran to its end without a finite score.</summary>
    public double EndOf(int repeat) => Scores[repeat] is null && Repeats[repeat].State == TrialState.Completed ? double.PositiveInfinity : ValueOf(repeat);

    /// <summary>Largest value of any repeat, minimizing; that of a repeat which ran to its end without a finite score is infinite. NaN without any.</summary>
    public double Worst => Enumerable.Range(0, Repeats.Count)
        .Select(EndOf)
        .Where(value => !double.IsNaN(value))
        .DefaultIfEmpty(double.NaN)
        .Max();
}
