using CloudSweep.Worker.Data.Records;
using CloudSweep.Worker.Training;

namespace CloudSweep.Worker.Prediction;

/// <summary>One output, a number in units of the training labels' deviation from their mean.</summary>
internal sealed class NumberOutput(ModelTarget target, EvaluationSums sums) : ModelOutput(sums)
{
    public override IReadOnlyList<string> Columns { get; } = ["prediction"];

    public override string? ReadLabel(IRecordReader record, int cell, RowTile tile, int row, DataMistakes mistakes)
    {
        if (record.Number(cell, out var value) != CellNumber.Number || !double.IsFinite(value))
        {
            return $"{mistakes.Quote(record.Text(cell))} is not a finite number; correct it, or give --ignore-label to predict without looking at labels";
        }

        // As labels are standardized for training.
        tile.Targets[row] = (float)((value - target.Mean) / target.Deviation);
        return null;
    }

    public override void Write(ReadOnlySpan<float> padded, PredictionCsv csv) => csv.Add((padded[0] * target.Deviation) + target.Mean);
}
