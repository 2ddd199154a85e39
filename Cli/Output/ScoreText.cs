using System.Globalization;
using CloudSweep.Cli.Results;
using CloudSweep.Core.Domain;
using CloudSweep.Protos.V1;
using Trial = CloudSweep.Protos.V1.Trial;

namespace CloudSweep.Cli.Output;

/// <summary>What a configuration reached, in words.</summary>
internal static class ScoreText
{
    /// <summary>Every metric but those of single classes, which are in the files, with its standard error, and what the error is of: <c>val_loss 0.0642 ± 0.018 (SE over rows)</c>.</summary>
    public static string Of(ConfigurationScore score) =>
        $"{string.Join(", ", score.Metrics.Where(metric => !MetricNames.IsPerClass(metric.Name)).Select(Metric))} {(score.Trials.Count == 1 ? "(SE over rows)" : $"(mean and SE of {Count(score.Trials.Count)} repeats)")}";

    /// <summary>What a winner reached on <c>data.test</c>, without the metrics of single classes.</summary>
    public static string OfTest(Trial trial) =>
        $"{string.Join(", ", trial.TestMetrics.Where(metric => !MetricNames.IsPerClass(metric.Name)).Select(Metric))} ({trial.TestRows.ToString("N0", CultureInfo.InvariantCulture)} rows; scored once, after the choice)";

    private static string Metric(MetricValue metric) =>
        $"{metric.Name} {Label.Number(metric.Value)}{(double.IsFinite(metric.StandardError) ? $" ± {Label.Error(metric.StandardError)}" : "")}";

    private static string Count(int count) => count.ToString(CultureInfo.InvariantCulture);
}
