using System.Text;
using CloudSweep.Worker.Data.Records;
using CloudSweep.Worker.Training;
using CloudSweep.Worker.Training.Kernels;

namespace CloudSweep.Worker.Prediction;

/// <summary>
/// The likeliest class and the probability of each: the softmax of an output per class, or the logistic function of one output for the second of two.
/// </summary>
internal sealed class ClassOutput(IReadOnlyList<string> classes, bool isLogistic, KernelSet kernels, EvaluationSums sums) : ModelOutput(sums)
{
    private readonly Dictionary<string, int> _indexes = classes.Index().ToDictionary(entry => entry.Item, entry => entry.Index, StringComparer.Ordinal);
    private readonly float[] _exponentials = new float[KernelSet.Padded(classes.Count)];
    private readonly float[] _probabilities = new float[classes.Count];

    public override IReadOnlyList<string> Columns { get; } = ["prediction", .. classes.Select(name => $"probability_{name}")];

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
        csv.Add(classes[isLogistic ? Logistic(padded[0]) : Softmax(padded)]);
        foreach (var probability in _probabilities)
        {
            csv.Add(probability);
        }
    }

    private int Logistic(float logit)
    {
        var exponential = ElementaryFunctions.Exp(-Math.Abs(logit));
        var (likelier, other) = (1 / (1 + exponential), exponential / (1 + exponential));
        (_probabilities[0], _probabilities[1]) = logit > 0 ? (other, likelier) : (likelier, other);
        return logit > 0 ? 1 : 0;
    }

    private int Softmax(ReadOnlySpan<float> padded)
    {
        var predicted = CrossEntropy.Predict(padded[..classes.Count]);
        padded.CopyTo(_exponentials);
        kernels.ExpShifted(_exponentials, padded[predicted]);
        var sum = 0.0;
        foreach (var exponential in _exponentials.AsSpan(0, classes.Count))
        {
            sum += exponential;
        }

        for (var index = 0; index < classes.Count; index++)
        {
            _probabilities[index] = (float)(_exponentials[index] / sum);
        }

        return predicted;
    }
}
