using CloudSweep.Core.Domain;

namespace CloudSweep.Worker.Training;

/// <summary>Loss in standardized units, and root of the mean squared and mean absolute error in the label's unit.</summary>
/// <param name="targetDeviation">What an error of 1 is in the label's unit.</param>
internal sealed class NumberSums(double targetDeviation) : EvaluationSums
{
    private RowMean _squared;
    private RowMean _absolute;

    protected override long Rows => _squared.Rows;

    public override void Add(Span<float> padded, RowTile tile, int row)
    {
        var difference = (double)padded[0] - tile.TargetOf(row);
        _squared.Add(difference * difference);
        _absolute.Add(Math.Abs(difference));
    }

    protected override IReadOnlyList<Metric> Metrics()
    {
        var root = Math.Sqrt(_squared.Mean);

        // The delta method: d√v/dv = 1/(2√v).
        var errorOfRoot = root == 0 ? 0 : _squared.StandardError / (2 * root);
        return
        [
            new Metric(MetricNames.ValidationLoss, _squared.Mean, _squared.StandardError),
            new Metric(MetricNames.ValidationRmse, targetDeviation * root, targetDeviation * errorOfRoot),
            new Metric(MetricNames.ValidationMae, targetDeviation * _absolute.Mean, targetDeviation * _absolute.StandardError),
        ];
    }

    protected override void Clear() => (_squared, _absolute) = (default, default);
}
