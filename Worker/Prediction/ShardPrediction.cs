using CloudSweep.Core.Domain;
using CloudSweep.Worker.Data;
using CloudSweep.Worker.Data.Records;
using CloudSweep.Worker.Training;

namespace CloudSweep.Worker.Prediction;

/// <summary>Predicts the rows of one shard, tile by tile.</summary>
internal sealed class ShardPrediction(
    ModelDocument model, Shard shard, PredictionSettings settings, ModelRunner runner, ModelOutput output, RowTile tile, PredictionCsv? csv)
{
    private const int MaxTileRows = 1024;
    private const int MaxTileCells = 4 << 20;

    private readonly DataMistakes _mistakes = DataMistakes.For(shard);
    private readonly bool[] _hasLabel = new bool[tile.Capacity];
    private PredictionColumns? _columns;
    private InputReader? _inputs;
    private RecordPlace _blank;

    public long Rows { get; private set; }

    public long LabelledRows { get; private set; }

    public static int RowsOfTile(int features) => Math.Clamp(MaxTileCells / features, 1, MaxTileRows);

    /// <exception cref="DataErrorException">Rows break rules.</exception>
    public async Task RunAsync(RecordReaderFactory readers, DataCounters counters, CancellationToken cancellationToken)
    {
        tile.Count = 0;
        try
        {
            using var reader = await readers.OpenAsync(shard, DataSpecOf(model.Text), counters, cancellationToken);
            while (!_mistakes.IsFull && await reader.FillAsync(cancellationToken))
            {
                while (!_mistakes.IsFull && reader.TryRead())
                {
                    if (!Accept(reader))
                    {
                        _mistakes.ThrowIfAny();
                    }
                }
            }
        }
        catch (RecordFormatException exception)
        {
            await readers.CheckVersionAsync(shard, cancellationToken);
            _mistakes.Add(exception.Place, null, exception.Message);
        }

        if (Rows == 0 && !_mistakes.Any)
        {
            _mistakes.Add(RecordPlace.WholeShard, null, "there is no row to predict; remove the file or leave it out of the pattern");
        }

        _mistakes.ThrowIfAny();
        Flush();
        counters.AddTextRows(Rows);
    }

    private static DataSpec DataSpecOf(ModelText text) => new(
        "", DataFormat.Auto, text.Label, text.HasHeader, text.Delimiter, [], [], FeatureScale.None, 1, new ValidationSplit(0.5, 0));

    /// <summary>False = reading on is of no use.</summary>
    private bool Accept(IRecordReader record)
    {
        if (record.Kind == RecordKind.Blank)
        {
            _blank = _blank.Number == 0 ? record.Place : _blank;
            return true;
        }

        if (_blank.Number > 0 && _columns is not null)
        {
            _mistakes.Add(_blank, null, "the line is empty; only the end of a file may have empty lines, so remove it");
        }

        _blank = default;
        _columns ??= PredictionColumns.Find(model, settings.IgnoresLabel, record.Columns, record.Place, _mistakes);
        if (_columns is null)
        {
            return false;
        }

        _inputs ??= new InputReader(model, _columns.Schema);
        if (record.Kind == RecordKind.Row)
        {
            AcceptRow(record, _columns, _inputs);
        }

        return true;
    }

    private void AcceptRow(IRecordReader record, PredictionColumns columns, InputReader inputs)
    {
        Rows++;
        var names = columns.Schema.Names;
        if (record.CellCount != names.Count)
        {
            _mistakes.Add(record.Place, null, $"the row has {record.CellCount} cells but the first record has {names.Count}; all must have as many, so correct the row or the delimiter");
            return;
        }

        inputs.Read(record, tile, tile.Count, _mistakes);
        _hasLabel[tile.Count] = columns.HasLabel && !record.Text(columns.Schema.LabelColumn).IsEmpty;
        if (_hasLabel[tile.Count] && output.ReadLabel(record, columns.Schema.LabelColumn, tile, tile.Count, _mistakes) is { } problem)
        {
            _mistakes.Add(record.Place, columns.Schema.LabelName, problem);
        }

        if (!_mistakes.Any && ++tile.Count == tile.Capacity)
        {
            Flush();
        }
    }

    private void Flush()
    {
        runner.Run(tile, (row, padded) =>
        {
            if (csv is not null)
            {
                output.Write(padded, csv);
                csv.EndRow();
            }

            if (_hasLabel[row])
            {
                output.Count(padded, tile, row);
                LabelledRows++;
            }
        });
        tile.Count = 0;
    }
}
