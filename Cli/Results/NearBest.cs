using CloudSweep.Core.Domain;
using Measurement = CloudSweep.Protos.V1.Measurement;

namespace CloudSweep.Cli.Results;

/// <summary>Which scores are near the best: at most 5% of the distance from the baseline to the best is left, (score − best)/(baseline − best) ≤ 0.05.</summary>
/// <param name="Best">The best configuration's mean, natural sign.</param>
/// <param name="Baseline">What the best constant guess scores, natural sign.</param>
internal sealed record NearBest(double Best, double Baseline)
{
    private const double Share = 0.05;

    /// <summary>Null where nothing can be near: there is no best score, or it is no better than the baseline.</summary>
    public static NearBest? Of(SweepResult result)
    {
        var (answer, objective) = (result.Answer, result.Spec.Objective);
        var sign = objective.Goal == ObjectiveGoal.Minimize ? 1 : -1;
        return answer.BestScore?.Metrics.FirstOrDefault(metric => metric.Name == objective.Metric) is { } best && sign * best.Value < sign * answer.Baseline
            ? new NearBest(best.Value, answer.Baseline)
            : null;
    }

    /// <summary>Steps of each trial's first evaluation that is near; trials without one are left out.</summary>
    public IReadOnlyDictionary<int, long> Steps(SweepResult result) => result.Measurements
        .Where(measurement => measurement.KindCase == Measurement.KindOneofCase.Evaluation && measurement.Evaluation.Metrics.Any(metric => metric.Name == result.Spec.Objective.Metric && Includes(metric.Value)))
        .GroupBy(measurement => measurement.Trial)
        .ToDictionary(group => group.Key, group => group.Min(measurement => measurement.Step));

    private bool Includes(double value) => double.IsFinite(value) && (value - Best) / (Baseline - Best) <= Share;
}
