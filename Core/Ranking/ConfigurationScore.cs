using CloudSweep.Core.Domain;

namespace CloudSweep.Core.Ranking;

/// <summary>What one configuration reached: everything but the repeat, over all its repeats.</summary>
/// <param name="Trial">Its typical repeat: the one whose score is nearest to the mean, the lowest number at a tie.</param>
/// <param name="Trials">Numbers of all its repeats.</param>
/// <param name="Metrics">Means over repeats with their standard errors, each repeat at the step of its score.</param>
public sealed record ConfigurationScore(Trial Trial, IReadOnlyList<int> Trials, IReadOnlyList<Metric> Metrics)
{
    /// <param name="repeats">All repeats with their scores, at least one.</param>
    internal static ConfigurationScore Of(IReadOnlyList<(Trial Trial, TrialScore Score)> repeats)
    {
        var mean = repeats.Average(repeat => repeat.Score.Value);
        var typical = repeats.OrderBy(repeat => Math.Abs(repeat.Score.Value - mean)).ThenBy(repeat => repeat.Trial.Number).First();
        var metrics = typical.Score.Evaluation.Metrics.Select(metric => MeanOf(metric.Name, repeats));
        return new ConfigurationScore(typical.Trial, [.. repeats.Select(repeat => repeat.Trial.Number)], [.. metrics]);
    }

    private static Metric MeanOf(string name, IReadOnlyList<(Trial Trial, TrialScore Score)> repeats)
    {
        var mean = RepeatMean.Of([.. repeats
            .SelectMany(repeat => repeat.Score.Evaluation.Metrics)
            .Where(metric => metric.Name == name)
            .Select(metric => (metric.Value, metric.StandardError))]);
        return new Metric(name, mean.Value, mean.StandardError);
    }
}
