using CloudSweep.Core.Domain;

namespace CloudSweep.Core.Ranking;

/// <summary>What a trial is ranked by.</summary>
/// <param name="Value">Metric value, natural sign, finite.</param>
/// <param name="StandardError">Over the evaluated rows; NaN when unknown.</param>
/// <param name="Evaluation">Where the value is from, with the other metrics of that step.</param>
public sealed record TrialScore(double Value, double StandardError, Measurement.Evaluation Evaluation)
{
    /// <summary>Step of the evaluation.</summary>
    public long Step => Evaluation.Step;

    /// <summary>The last or best evaluation; null when the trial diverged, has none, or its value is not finite.</summary>
    public static TrialScore? Of(IReadOnlyList<Measurement> measurements, Objective objective, TrialState state)
    {
        if (state == TrialState.Diverged)
        {
            return null;
        }

        var scores = measurements.OfType<Measurement.Evaluation>().OrderBy(evaluation => evaluation.Step).Select(evaluation => At(evaluation, objective.Metric));
        var sign = objective.Goal == ObjectiveGoal.Minimize ? 1 : -1;
        var chosen = objective.Use == ScoreUse.Final
            ? scores.LastOrDefault()
            : scores.Where(score => score is not null && double.IsFinite(score.Value)).MinBy(score => sign * score!.Value);
        return chosen is not null && double.IsFinite(chosen.Value) ? chosen : null;
    }

    // An evaluation without the metric is no score, and an earlier one does not stand in for it.
    private static TrialScore? At(Measurement.Evaluation evaluation, string name)
    {
        foreach (var metric in evaluation.Metrics)
        {
            if (metric.Name == name)
            {
                return new TrialScore(metric.Value, metric.StandardError, evaluation);
            }
        }

        return null;
    }
}
