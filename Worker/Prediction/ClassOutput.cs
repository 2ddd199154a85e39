using System.Text;
using CloudSweep.Core.Domain;
using CloudSweep.Worker.Data.Records;
using CloudSweep.Worker.Training;
using CloudSweep.Worker.Training.Kernels;

namespace CloudSweep.Worker.Prediction;

/// <summary>An output per class: the class of the largest, the lowest at ties, and the softmax of all.</summary>
internal sealed class ClassOutput(IReadOnlyList<string> classes, KernelSet kernels) : ModelOutput
{
    private readonly Dictionary<string, int> _indexes = classes.Index().ToDictionary(entry => entry.Item, entry => entry.Index, StringComparer.Ordinal);
    private readonly float[] _exponentials = new float[KernelSet.Padded(classes.Count)];
    private EvaluationSums _sums;

    public override IReadOnlyList<string> Columns { get; } = ["prediction", .. classes.Select(name => $"probability_{name}")];

    public override IReadOnlyList<Metric> Metrics() => _sums.ToMeasurement(1, 1, 1).Metrics;

    public override string? ReadLabel(IRecordReader record, int cell, RowTile tile, int row, DataMistakes mistakes)
    {
        var text = record.Text(cell);
        if (_indexes.TryGetValue(Encoding.UTF8.GetString(text), out var index))
        {
            tile.Classes[row] = index;
            return null;
        }

        return $"{mistakes.Quote(text)} is none of the model's {classes.Count} classes; correct it, or give --ignore-label to predict without looking at labels";
    }

    public override void Write(ReadOnlySpan<float> padded, PredictionCsv csv)
    {
        var logits = padded[..classes.Count];
        var predicted = CrossEntropy.Predict(logits);
        padded.CopyTo(_exponentials);
        kernels.ExpShifted(_exponentials, logits[predicted]);
        var sum = 0.0;
        foreach (var exponential in _exponentials.AsSpan(0, classes.Count))
        {
            sum += exponential;
        }

        csv.Add(classes[predicted]);
        foreach (var exponential in _exponentials.AsSpan(0, classes.Count))
        {
            csv.Add((float)(exponential / sum));
        }
    }

    public override void Count(Span<float> padded, RowTile tile, int row)
    {
        var label = tile.Classes[row];
        var isCorrect = CrossEntropy.Predict(padded[..classes.Count]) == label && !float.IsNaN(padded[label]);
        _sums.Add(CrossEntropy.Loss(kernels, padded, classes.Count, label, out _), isCorrect);
    }
}
