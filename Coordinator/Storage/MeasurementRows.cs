using System.Runtime.InteropServices;
using CloudSweep.Core.Domain;

namespace CloudSweep.Coordinator.Storage;

/// <summary>The table of measurements. Doubles are stored as their bits.</summary>
internal sealed class MeasurementRows(SqliteSession session)
{
    private const string Columns = "trial, try, step, kind, count, names, value_bits";
    private const long EvaluationKind = 1;
    private const long LossWindowKind = 2;
    private const long TestKind = 3;
    private const long RungKind = 4;

    public IReadOnlyList<Measurement> List(SweepId sweep) =>
        session.Query($"SELECT {Columns} FROM measurements WHERE sweep = ?1 ORDER BY trial, try, step, kind", Read, sweep.Value);

    public IReadOnlyList<Measurement> ListOfTrial(SweepId sweep, int trial) =>
        session.Query($"SELECT {Columns} FROM measurements WHERE sweep = ?1 AND trial = ?2 ORDER BY try, step, kind", Read, sweep.Value, trial);

    /// <summary>The stored one with the same key, when there is one; else null, and this one is stored.</summary>
    public Measurement? Insert(SweepId sweep, Measurement measurement)
    {
        var (kind, count, names, values) = Parts(measurement);
        var inserted = session.Execute(
            $"INSERT INTO measurements (sweep, {Columns}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT (sweep, trial, try, step, kind) DO NOTHING",
            sweep.Value, measurement.Trial, measurement.Try, measurement.Step, kind, count, names, MemoryMarshal.AsBytes<double>(values).ToArray());
        return inserted == 1
            ? null
            : session.First(
                $"SELECT {Columns} FROM measurements WHERE sweep = ?1 AND trial = ?2 AND try = ?3 AND step = ?4 AND kind = ?5",
                Read, sweep.Value, measurement.Trial, measurement.Try, measurement.Step, kind);
    }

    private static (long Kind, long Count, string Names, double[] Values) Parts(Measurement measurement) => measurement switch
    {
        Measurement.Evaluation evaluation => (EvaluationKind, evaluation.Rows, Names(evaluation.Metrics), Values(evaluation.Metrics)),
        Measurement.Rung rung => (RungKind, rung.Rows, Names(rung.Metrics), Values(rung.Metrics)),
        Measurement.Test test => (TestKind, test.Rows, Names(test.Metrics), Values(test.Metrics)),
        Measurement.LossWindow window => (LossWindowKind, window.Steps, "", [window.Mean, window.StandardDeviation]),
        _ => throw new ArgumentOutOfRangeException(nameof(measurement)),
    };

    private static Measurement Read(Row row)
    {
        var (trial, @try, step, kind, count, names) = (row.Integer(), row.Integer(), row.Integer64(), row.Integer64(), row.Integer64(), row.Text());
        var values = MemoryMarshal.Cast<byte, double>(row.Bytes()).ToArray();
        return kind switch
        {
            LossWindowKind => new Measurement.LossWindow(trial, @try, step, count, values[0], values[1]),
            RungKind => new Measurement.Rung(trial, @try, step, count, Metrics(names, values)),
            TestKind => new Measurement.Test(trial, @try, step, count, Metrics(names, values)),
            _ => new Measurement.Evaluation(trial, @try, step, count, Metrics(names, values)),
        };
    }

    private static string Names(IReadOnlyList<Metric> metrics) => string.Join(' ', metrics.Select(metric => metric.Name));

    private static double[] Values(IReadOnlyList<Metric> metrics) => [.. metrics.SelectMany(metric => new[] { metric.Value, metric.StandardError })];

    private static Metric[] Metrics(string names, double[] values) =>
        [.. names.Split(' ').Select((name, index) => new Metric(name, values[2 * index], values[(2 * index) + 1]))];
}
