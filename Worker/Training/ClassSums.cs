using CloudSweep.Core.Domain;

namespace CloudSweep.Worker.Training;

/// <summary>Loss, accuracy, recall of each class (of up to <see cref="MetricNames.MaxRecalls"/>) and, of two classes, the area under the ROC curve.</summary>
/// <param name="classCount">Classes, ≥ 2.</param>
/// <param name="rankedRows">Validation rows to rank; 0 when there is no ranking.</param>
internal abstract class ClassSums(int classCount, int rankedRows) : EvaluationSums
{
    private readonly long[] _rowsOfClass = new long[classCount];
    private readonly long[] _correctOfClass = new long[classCount];
    private readonly RankStatistic? _ranks = rankedRows > 0 ? new RankStatistic(rankedRows) : null;
    private RowMean _loss;
    private long _correct;

    protected int ClassCount => classCount;

    protected override long Rows => _loss.Rows;

    /// <param name="loss">Of the row.</param>
    /// <param name="isCorrect">Whether the label was predicted.</param>
    /// <param name="label">Its class.</param>
    /// <param name="score">With two classes, what speaks for the second.</param>
    protected void Add(double loss, bool isCorrect, int label, float score)
    {
        _loss.Add(loss);
        _rowsOfClass[label]++;
        if (isCorrect)
        {
            _correct++;
            _correctOfClass[label]++;
        }

        _ranks?.Add(score, isPositive: label == 1);
    }

    protected override IReadOnlyList<Metric> Metrics()
    {
        var metrics = new List<Metric> { new(MetricNames.ValidationLoss, _loss.Mean, _loss.StandardError), Share(MetricNames.ValidationAccuracy, _correct, Rows) };
        if (_ranks is not null)
        {
            var (area, error) = _ranks.Close();
            metrics.Add(new Metric(MetricNames.ValidationAuc, area, error));
        }

        for (var index = 0; classCount <= MetricNames.MaxRecalls && index < classCount; index++)
        {
            metrics.Add(Share(MetricNames.Recall(index), _correctOfClass[index], _rowsOfClass[index]));
        }

        return metrics;
    }

    protected override void Clear()
    {
        _loss = default;
        _correct = 0;
        Array.Clear(_rowsOfClass);
        Array.Clear(_correctOfClass);
    }

    // √(p(1 − p)/n); NaN of no rows.
    private static Metric Share(string name, long part, long rows)
    {
        var share = (double)part / rows;
        return new Metric(name, share, Math.Sqrt(share * (1 - share) / rows));
    }
}
