using CloudSweep.Protos.V1;

namespace CloudSweep.Cli.Results;

/// <summary><c>measurements.csv</c>: a row per value of every measurement, in the long form that plotting tools like.</summary>
internal static class MeasurementsCsv
{
    public static string Write(SweepResult result)
    {
        var csv = new CsvText().Add("trial", "step", "metric", "value", "deviation");
        foreach (var measurement in result.Measurements)
        {
            foreach (var (metric, value, deviation) in Values(measurement))
            {
                csv.Add(Invariant.Text(measurement.Trial), Invariant.Text(measurement.Step), metric, Invariant.Text(value), Invariant.Text(deviation));
            }
        }

        return csv.ToString();
    }

    private static IEnumerable<(string Metric, double Value, double Deviation)> Values(Measurement measurement) => measurement.KindCase switch
    {
        Measurement.KindOneofCase.Evaluation => measurement.Evaluation.Metrics.Select(metric => (metric.Name, metric.Value, metric.StandardError)),
        Measurement.KindOneofCase.Test => measurement.Test.Metrics.Select(metric => (metric.Name, metric.Value, metric.StandardError)),
        Measurement.KindOneofCase.Rung => measurement.Rung.Metrics.Select(metric => ($"rung_{metric.Name}", metric.Value, metric.StandardError)),
        Measurement.KindOneofCase.LossWindow => [("train_loss", measurement.LossWindow.Mean, measurement.LossWindow.StandardDeviation)],
        _ => [],
    };
}
