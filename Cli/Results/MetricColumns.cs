using CloudSweep.Protos.V1;

namespace CloudSweep.Cli.Results;

/// <summary>Every metric with its standard error. A value that is no number is <c>NaN</c>, <c>Infinity</c> or <c>-Infinity</c>; none is empty.</summary>
internal static class MetricColumns
{
    public static CsvColumns Of(SweepResult result) => Of(result, trial => trial.Metrics);

    /// <summary>What the winner reached on <c>data.test</c>; no columns where nothing was scored on it.</summary>
    public static CsvColumns OfTest(SweepResult result)
    {
        var metrics = Of(result, trial => trial.TestMetrics);
        return metrics.Names.Count == 0
            ? CsvColumns.None
            : new CsvColumns([.. metrics.Names, "testRows"], trial => [.. metrics.Cells(trial), trial.TestRows == 0 ? "" : Invariant.Text(trial.TestRows)]);
    }

    private static CsvColumns Of(SweepResult result, Func<Trial, IEnumerable<MetricValue>> metricsOf)
    {
        var names = result.Description.Trials.SelectMany(metricsOf).Select(metric => metric.Name).Distinct().Order(StringComparer.Ordinal).ToArray();
        return new CsvColumns(
            [.. names.SelectMany(CsvColumns.WithError)],
            trial =>
            {
                var values = metricsOf(trial).ToDictionary(metric => metric.Name);
                return [.. names.SelectMany(name => Cells(values.GetValueOrDefault(name)))];
            });
    }

    private static IEnumerable<string> Cells(MetricValue? value) => value is null ? ["", ""] : [Invariant.Text(value.Value), Invariant.Text(value.StandardError)];
}
