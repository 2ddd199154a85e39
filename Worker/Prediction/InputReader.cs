using CloudSweep.Worker.Data.Records;
using CloudSweep.Worker.Data.Rows;
using CloudSweep.Worker.Training;

namespace CloudSweep.Worker.Prediction;

/// <summary>Turns the records of one shard into rows as the model sees them, in the arithmetic of training.</summary>
internal sealed class InputReader(ModelDocument model, RecordSchema schema)
{
    private readonly NumberScaling[] _scalings = [.. model.Inputs.Cast<ModelInput.Number>().Select(input => new NumberScaling(input.Offset, input.Divisor, input.Clip ?? double.PositiveInfinity))];

    /// <summary>Fills one row of the tile; cells that break rules are mistakes.</summary>
    public void Read(IRecordReader record, RowTile tile, int row, DataMistakes mistakes)
    {
        var features = tile.Features.AsSpan(row * _scalings.Length, _scalings.Length);
        for (var input = 0; input < features.Length; input++)
        {
            var cell = schema.FeatureColumns[input];
            var found = record.Number(cell, out var value);
            if (found != CellNumber.Number || !double.IsFinite(value))
            {
                mistakes.Add(record.Place, schema.Names[cell], ProblemOf(found, record.Text(cell), mistakes));
            }
            else
            {
                features[input] = _scalings[input].Apply(value);
            }
        }
    }

    private static string ProblemOf(CellNumber found, ReadOnlySpan<byte> cell, DataMistakes mistakes) => found switch
    {
        CellNumber.Missing => "the cell is empty; the model needs a number, so fill it in or remove the row",
        CellNumber.Number => $"{mistakes.Quote(cell)} is not a finite number; the model needs one, so correct it or remove the row",
        _ => $"{mistakes.Quote(cell)} is not a number; the model needs one, so correct it or remove the row",
    };
}
