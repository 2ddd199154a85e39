using CloudSweep.Core.Domain;
using CloudSweep.Worker.Data.Cache;
using CloudSweep.Worker.Data.Records;

namespace CloudSweep.Worker.Data.Profiling;

/// <summary>Takes the records of one shard: checks them, gathers the profile, fills blocks.</summary>
internal sealed class ShardRows(Shard shard, DataSpec data, DataMistakes mistakes, DataCounters counters, Func<BlockFileWriter> startBlocks)
{
    private readonly RowSplit _split = new(data.Validation, shard.Key);
    private readonly LabelTable _labels = new();
    private readonly TargetTable? _targets = data.Task == LearningTask.Regression ? new TargetTable(new RowSplit(data.Validation, shard.Key)) : null;
    private readonly List<BlockRows> _blocks = [];
    private RecordSchema? _schema;
    private RunningStatistics? _statistics;
    private BlockFileWriter? _writer;
    private double[] _values = [];
    private int[] _blockLabels = [];
    private int _columns;
    private int _blockRows;
    private int _blockTrainRows;
    private long _rows;
    private RecordPlace _blank;

    public BlockFileWriter Writer => _writer ?? throw new InvalidOperationException("There were no rows.");

    /// <summary>False = reading on is of no use.</summary>
    public bool Accept(IRecordReader record)
    {
        if (record.Kind == RecordKind.Blank)
        {
            _blank = _blank.Number == 0 ? record.Place : _blank;
            return true;
        }

        if (_blank.Number > 0 && _schema is not null)
        {
            mistakes.Add(_blank, null, "the line is empty; only the end of a file may have empty lines, so remove it");
        }

        _blank = default;
        if (_schema is null && !Begin(record))
        {
            return false;
        }

        if (record.Kind == RecordKind.Row)
        {
            AcceptRow(record);
        }

        return !mistakes.IsFull;
    }

    public ShardProfile Finish()
    {
        if (_schema is null && !mistakes.Any)
        {
            mistakes.Add(RecordPlace.WholeShard, null, "the file is empty; every shard needs at least one row, so remove it or leave it out of the pattern");
        }
        else if (_rows == 0 && !mistakes.Any)
        {
            mistakes.Add(RecordPlace.WholeShard, null, "there is a header but no row; every shard needs at least one row, so remove it or leave it out of the pattern");
        }

        mistakes.ThrowIfAny();
        FlushBlock();
        return new ShardProfile(shard.Key, _schema!.FeatureNames, _blocks, _statistics!.ToColumns(), _labels.Labels)
        {
            Target = _targets?.ToTarget(),
        };
    }

    private bool Begin(IRecordReader first)
    {
        _schema = new SchemaResolver(data).Resolve(first.Columns, first.Place, mistakes);
        if (_schema is null)
        {
            return false;
        }

        var features = _schema.FeatureColumns.Length;
        var capacity = BlockFormat.RowsPerBlock(features);
        _statistics = new RunningStatistics(features);

        // A label that is a number is one more column, after the features.
        _columns = features + (_targets is null ? 0 : 1);
        _values = new double[capacity * _columns];
        _blockLabels = new int[capacity];
        _writer = startBlocks();
        return true;
    }

    private void AcceptRow(IRecordReader record)
    {
        counters.AddTextRows(1);
        var schema = _schema!;
        if (record.CellCount != schema.Names.Count)
        {
            mistakes.Add(record.Place, null, $"the row has {record.CellCount} cells but the first record has {schema.Names.Count}; all must have as many, so correct the row or the delimiter");
            return;
        }

        var row = _values.AsSpan(_blockRows * _columns, _columns);
        ReadFeatures(record, schema, row);
        var label = record.Text(schema.LabelColumn);
        if (label.IsEmpty)
        {
            mistakes.Add(record.Place, schema.LabelName, "the label is missing; every row needs one, so fill it in or remove the row");
        }
        else if (_targets is not null)
        {
            ReadTarget(record, schema, ref row[^1]);
        }

        if (!mistakes.Any)
        {
            Store(row, label);
        }
    }

    private void ReadFeatures(IRecordReader record, RecordSchema schema, Span<double> row)
    {
        var columns = schema.FeatureColumns;
        for (var i = 0; i < columns.Length; i++)
        {
            var found = record.Number(columns[i], out row[i]);
            if (found != CellNumber.Number || !double.IsFinite(row[i]))
            {
                mistakes.Add(record.Place, schema.Names[columns[i]], ProblemOf(found, record.Text(columns[i])));
            }
        }
    }

    private void ReadTarget(IRecordReader record, RecordSchema schema, ref double target)
    {
        if (record.Number(schema.LabelColumn, out target) != CellNumber.Number || !double.IsFinite(target))
        {
            mistakes.Add(record.Place, schema.LabelName, $"{mistakes.Quote(record.Text(schema.LabelColumn))} is not a finite number, which the model is to predict; correct it, or use a model of classes such as softmax");
        }
    }

    private string ProblemOf(CellNumber found, ReadOnlySpan<byte> cell) => found switch
    {
        CellNumber.Missing => "the cell is empty; missing values are not supported yet, so fill it in or exclude the column",
        CellNumber.Number => $"{mistakes.Quote(cell)} is not a finite number; features must be, so correct it or exclude the column",
        _ => $"{mistakes.Quote(cell)} is not a number; features must be, so correct it or exclude the column",
    };

    private void Store(ReadOnlySpan<double> row, ReadOnlySpan<byte> label)
    {
        var isValidation = _split.IsValidation(_rows);
        if (_targets is null)
        {
            _blockLabels[_blockRows] = _labels.Add(label, isValidation);
        }
        else
        {
            _targets.Add(row[^1], _rows, isValidation);
        }

        _rows++;
        if (!isValidation)
        {
            _statistics!.Add(row[.._schema!.FeatureColumns.Length]);
            _blockTrainRows++;
        }

        if (++_blockRows == _blockLabels.Length)
        {
            FlushBlock();
        }
    }

    private void FlushBlock()
    {
        if (_blockRows == 0)
        {
            return;
        }

        Writer.WriteBlock(_values.AsSpan(0, _blockRows * _columns), _blockLabels.AsSpan(0, _blockRows));
        _blocks.Add(new BlockRows(_blockRows, _blockTrainRows));
        _blockRows = 0;
        _blockTrainRows = 0;
    }
}
