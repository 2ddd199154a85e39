using System.Globalization;
using CloudSweep.Cli.Results;
using CloudSweep.Protos.V1;

namespace CloudSweep.Cli.Output;

/// <summary>What a configuration reached, in words.</summary>
internal static class ScoreText
{
    /// <summary>Every metric with its standard error, and what the error is of: <c>val_loss 0.0642 ± 0.018 (SE over rows)</c>.</summary>
    public static string Of(ConfigurationScore score) =>
        $"{string.Join(", ", score.Metrics.Select(Metric))} {(score.Trials.Count == 1 ? "(SE over rows)" : $"(mean and SE of {Count(score.Trials.Count)} repeats)")}";

    private static string Metric(MetricValue metric) =>
        $"{metric.Name} {Label.Number(metric.Value)}{(double.IsFinite(metric.StandardError) ? $" ± {Label.Error(metric.StandardError)}" : "")}";

    private static string Count(int count) => count.ToString(CultureInfo.InvariantCulture);
}
