using CloudSweep.Core.Domain;
using CloudSweep.Worker.Data.Cache;
using CloudSweep.Worker.Data.Columns;
using CloudSweep.Worker.Data.Records;

namespace CloudSweep.Worker.Data.Profiling;

/// <summary>Takes the records of one shard: checks them, gathers the profile, fills blocks.</summary>
internal sealed class ShardRows(Shard shard, DataSpec data, DataMistakes mistakes, DataCounters counters, Func<BlockFileWriter> startBlocks) : IDisposable
{
    // Counters are shared between threads, and each touch of one costs them all.
    private const int RowsPerCount = 64;

    private readonly RowSplit _split = new(data, shard);
    private readonly MissingMarks _noLabel = MissingMarks.OfLabel(data);
    private readonly LabelTable _labels = new();
    private readonly TargetTable? _targets = data.Task == LearningTask.Regression ? new TargetTable(new RowSplit(data, shard)) : null;
    private readonly List<BlockRows> _blocks = [];
    private readonly RowJudge _judge = new(mistakes, data.BadRows.Rule, new BadRowLog(shard.Key));
    private RecordSchema? _schema;
    private FeatureReader? _features;
    private BlockFileWriter? _writer;
    private double[] _values = [];
    private int[] _blockLabels = [];
    private int _columns;
    private int _blockRows;
    private int _blockTrainRows;
    private long _read;
    private long _rows;
    private RecordPlace _blank;
    private bool _isSparse;

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
            _judge.Begin();
            _judge.Tell(_blank, null, "is empty", "the line is empty; only the end of a file may have empty lines, so remove it");
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
        counters.AddTextRows(_read % RowsPerCount);
        if (_schema is null && !mistakes.Any)
        {
            mistakes.Add(RecordPlace.WholeShard, null, "the file is empty; every shard needs at least one row, so remove it or leave it out of the pattern");
        }
        else if (_rows == 0 && !mistakes.Any)
        {
            mistakes.Add(RecordPlace.WholeShard, null, _judge.BadRows is { Count: > 0 } bad
                ? $"every row breaks a rule, the first: {bad.First[0]}; correct them, or leave the shard out of the pattern"
                : "there is a header but no row; every shard needs at least one row, so remove it or leave it out of the pattern");
        }

        mistakes.ThrowIfAny();
        FlushBlock();
        BlockBuffers.Numbers.Return(_values);
        _values = [];
        return new ShardProfile(shard.Key, _schema!.FeatureNames, _blocks, _features!.ToProfiles(), _labels.ToLabels())
        {
            Role = shard.Role,
            Target = _targets?.ToTarget(),
            IsSparse = _isSparse,
            BadRows = _judge.BadRows,
        };
    }

    /// <summary>Gives its buffer of a block's rows back.</summary>
    public void Dispose()
    {
        BlockBuffers.Numbers.Return(_values);
        _values = [];
    }

    private bool Begin(IRecordReader first)
    {
        _schema = new SchemaResolver(data).Resolve(first.Columns, first.Place, mistakes);
        if (_schema is null)
        {
            return false;
        }

        _isSparse = first.IsSparse;
        _features = new FeatureReader(_schema, data);
        var capacity = BlockFormat.RowsPerBlock(_features.Count);

        // A label that is a number is one more column, after the features.
        _columns = _features.Count + (_targets is null ? 0 : 1);
        _values = BlockBuffers.Numbers.Rent(capacity * _columns);
        _blockLabels = new int[capacity];
        _writer = startBlocks();
        return true;
    }

    private void AcceptRow(IRecordReader record)
    {
        if (++_read % RowsPerCount == 0)
        {
            counters.AddTextRows(RowsPerCount);
        }

        _judge.Begin();
        var schema = _schema!;
        if (record.Problem is { } problem)
        {
            _judge.Tell(record.Place, null, "is not label index:value with ascending indices", problem);
            return;
        }

        if (record.CellCount != schema.Names.Count)
        {
            _judge.Tell(record.Place, null, "has another number of cells than the first", $"the row has {record.CellCount} cells but the first record has {schema.Names.Count}; all must have as many, so correct the row or the delimiter");
            return;
        }

        var row = _values.AsSpan(_blockRows * _columns, _columns);
        _features!.Read(record, row[.._features.Count], _judge);
        var label = record.Text(schema.LabelColumn);
        if (_noLabel.Has(label) || (_targets is not null && record.Number(schema.LabelColumn, out var number) == CellNumber.Number && _noLabel.Has(number)))
        {
            _judge.Tell(record.Place, schema.LabelName, "has no label", "the label is missing; every row needs one, so fill it in, remove the row, or leave such rows out with data.onBadRow: skip");
        }
        else if (_targets is not null)
        {
            ReadTarget(record, schema, ref row[^1]);
        }

        if (!_judge.IsRowBad && !mistakes.Any)
        {
            Store(row, label);
        }
    }

    private void ReadTarget(IRecordReader record, RecordSchema schema, ref double target)
    {
        if (record.Number(schema.LabelColumn, out target) != CellNumber.Number || !double.IsFinite(target))
        {
            _judge.Tell(
                record.Place,
                schema.LabelName,
                "is not a finite number",
                $"{mistakes.Quote(record.Text(schema.LabelColumn))} is not a finite number, which the model is to predict; correct it, or use a model of classes such as softmax");
        }
    }

    private void Store(ReadOnlySpan<double> row, ReadOnlySpan<byte> label)
    {
        var isHeldOut = _split.IsHeldOut(_rows);
        if (_targets is null)
        {
            _blockLabels[_blockRows] = _labels.Add(label, isHeldOut);
        }
        else
        {
            _targets.Add(row[^1], _rows, isHeldOut);
        }

        _rows++;
        _features!.CountRow(row[.._features.Count], isHeldOut);
        if (!isHeldOut)
        {
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
