using CloudSweep.Core.Domain;

namespace CloudSweep.Worker.Training;

/// <summary>Adds up validation rows of one lane.</summary>
internal struct EvaluationSums
{
    private PartialSums _losses;
    private PartialSums _squares;
    private long _correct;
    private long _rows;

    public void Add(double loss, bool isCorrect)
    {
        _losses.Add(_rows, loss);
        _squares.Add(_rows, loss * loss);
        _correct += isCorrect ? 1 : 0;
        _rows++;
    }

    /// <summary>Means with the standard errors of a mean over rows: s/√n with the sample's s, and √(p(1 − p)/n).</summary>
    public readonly Measurement.Evaluation ToMeasurement(int trial, int @try, long step)
    {
        var mean = _losses.Total() / _rows;
        var variance = _rows > 1 ? Math.Max(0, (_squares.Total() - (_rows * mean * mean)) / (_rows - 1)) : double.NaN;
        var accuracy = (double)_correct / _rows;
        return new Measurement.Evaluation(trial, @try, step, _rows,
        [
            new Metric(MetricNames.ValidationLoss, mean, Math.Sqrt(variance / _rows)),
            new Metric(MetricNames.ValidationAccuracy, accuracy, Math.Sqrt(accuracy * (1 - accuracy) / _rows)),
        ]);
    }
}
