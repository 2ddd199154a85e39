using CloudSweep.Core.Domain;

namespace CloudSweep.Worker.Training;

/// <summary>A lane's measurements and outcome in a checkpoint.</summary>
internal static class MeasurementBlock
{
    private const byte WindowKind = 0;
    private const byte EvaluationKind = 1;
    private const byte RungKind = 2;

    public static void Write(BinaryWriter writer, IReadOnlyList<Measurement> measurements)
    {
        writer.Write(measurements.Count);
        foreach (var measurement in measurements)
        {
            writer.Write(measurement.Step);
            switch (measurement)
            {
                case Measurement.Evaluation evaluation:
                    Write(writer, EvaluationKind, evaluation.Rows, evaluation.Metrics);
                    break;
                case Measurement.Rung rung:
                    Write(writer, RungKind, rung.Rows, rung.Metrics);
                    break;
                case Measurement.LossWindow window:
                    writer.Write(WindowKind);
                    writer.Write(window.Steps);
                    writer.Write(window.Mean);
                    writer.Write(window.StandardDeviation);
                    break;
            }
        }
    }

    public static IReadOnlyList<Measurement> ReadMeasurements(BinaryReader reader, int trial, int @try) =>
        [.. Enumerable.Range(0, reader.ReadInt32()).Select(_ => ReadMeasurement(reader, trial, @try)).ToArray()];

    public static void Write(BinaryWriter writer, TrialOutcome? outcome)
    {
        writer.Write(outcome is not null);
        if (outcome is not null)
        {
            writer.Write((int)outcome.State);
            writer.Write(outcome.Step);
            writer.Write(outcome.Reason);
        }
    }

    public static TrialOutcome? ReadOutcome(BinaryReader reader, int trial) =>
        reader.ReadBoolean() ? new TrialOutcome(trial, (TrialState)reader.ReadInt32(), reader.ReadInt64(), reader.ReadString()) : null;

    private static void Write(BinaryWriter writer, byte kind, long rows, IReadOnlyList<Metric> metrics)
    {
        writer.Write(kind);
        writer.Write(rows);
        writer.Write(metrics.Count);
        foreach (var metric in metrics)
        {
            writer.Write(metric.Name);
            writer.Write(metric.Value);
            writer.Write(metric.StandardError);
        }
    }

    private static Measurement ReadMeasurement(BinaryReader reader, int trial, int @try)
    {
        var step = reader.ReadInt64();
        var kind = reader.ReadByte();
        if (kind == WindowKind)
        {
            return new Measurement.LossWindow(trial, @try, step, reader.ReadInt64(), reader.ReadDouble(), reader.ReadDouble());
        }

        var rows = reader.ReadInt64();
        var metrics = new Metric[reader.ReadInt32()];
        for (var index = 0; index < metrics.Length; index++)
        {
            metrics[index] = new Metric(reader.ReadString(), reader.ReadDouble(), reader.ReadDouble());
        }

        return kind == RungKind ? new Measurement.Rung(trial, @try, step, rows, metrics) : new Measurement.Evaluation(trial, @try, step, rows, metrics);
    }
}
