using CloudSweep.Core.Domain;
using CloudSweep.Worker.Data;
using CloudSweep.Worker.Data.Records;
using CloudSweep.Worker.Training;

namespace CloudSweep.Worker.Prediction;

/// <summary>Predicts the rows of one shard, tile by tile.</summary>
internal sealed class ShardPrediction(
    ModelDocument model, Shard shard, PredictionSettings settings, ModelRunner runner, ModelOutput output, RowTile tile, int features, PredictionCsv? csv)
{
    private readonly DataMistakes _mistakes = DataMistakes.For(shard);
    private readonly bool[] _hasLabel = new bool[tile.Capacity];
    private RecordSchema? _schema;
    private InputReader? _inputs;
    private RecordPlace _blank;

    public long Rows { get; private set; }

    public long LabelledRows { get; private set; }

    /// <exception cref="DataErrorException">Rows break rules.</exception>
    public async Task RunAsync(RecordReaderFactory readers, DataCounters counters, CancellationToken cancellationToken)
    {
        tile.Count = 0;
        try
        {
            using var reader = await readers.OpenAsync(shard, DataSpecOf(model.Text), ColumnsOf(isSparse: false), counters, cancellationToken);
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

    private PredictionColumns ColumnsOf(bool isSparse) => new(model, settings.IgnoresLabel, isSparse);

    /// <summary>False = reading on is of no use.</summary>
    private bool Accept(IRecordReader record)
    {
        if (record.Kind == RecordKind.Blank)
        {
            _blank = _blank.Number == 0 ? record.Place : _blank;
            return true;
        }

        if (_blank.Number > 0 && _schema is not null)
        {
            _mistakes.Add(_blank, null, "the line is empty; only the end of a file may have empty lines, so remove it");
        }

        _blank = default;
        _schema ??= ColumnsOf(record.IsSparse).Resolve(record.Columns, record.Place, _mistakes);
        if (_schema is null)
        {
            return false;
        }

        _inputs ??= new InputReader(model, _schema, _mistakes, tile.Capacity);
        if (record.Kind == RecordKind.Row)
        {
            AcceptRow(record, _schema, _inputs);
        }

        return true;
    }

    private void AcceptRow(IRecordReader record, RecordSchema schema, InputReader inputs)
    {
        Rows++;
        if (record.Problem is { } broken)
        {
            _mistakes.Add(record.Place, null, broken);
            return;
        }

        if (record.CellCount != schema.Names.Count)
        {
            _mistakes.Add(record.Place, null, $"the row has {record.CellCount} cells but the first record has {schema.Names.Count}; all must have as many, so correct the row or the delimiter");
            return;
        }

        inputs.Read(record, tile.Count);
        _hasLabel[tile.Count] = schema.LabelColumn >= 0 && !record.Text(schema.LabelColumn).IsEmpty;
        if (_hasLabel[tile.Count] && output.ReadLabel(record, schema.LabelColumn, tile, tile.Count, _mistakes) is { } problem)
        {
            _mistakes.Add(record.Place, schema.LabelName, problem);
        }

        if (!_mistakes.Any && ++tile.Count == tile.Capacity)
        {
            Flush();
        }
    }

    private void Flush()
    {
        _inputs?.Fill(tile, features);
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
