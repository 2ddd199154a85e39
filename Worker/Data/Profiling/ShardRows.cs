using CloudSweep.Core.Domain;
using CloudSweep.Worker.Data.Cache;
using CloudSweep.Worker.Data.Csv;

namespace CloudSweep.Worker.Data.Profiling;

/// <summary>Takes the records of one shard: checks them, gathers the profile, fills blocks.</summary>
internal sealed class ShardRows(Shard shard, DataSpec data, DataMistakes mistakes, DataCounters counters, Func<BlockFileWriter> startBlocks)
{
    private readonly RowSplit _split = new(data.Validation, shard.Key);
    private readonly LabelTable _labels = new();
    private readonly List<BlockRows> _blocks = [];
    private CsvSchema? _schema;
    private RunningStatistics? _statistics;
    private BlockFileWriter? _writer;
    private double[] _values = [];
    private int[] _blockLabels = [];
    private int _blockRows;
    private int _blockTrainRows;
    private long _rows;
    private long _blankLine;
    private bool _any;

    public BlockFileWriter Writer => _writer ?? throw new InvalidOperationException("There were no rows.");

    /// <summary>False = reading on is of no use.</summary>
    public bool Accept(CsvRecordReader record)
    {
        if (record.IsBlank)
        {
            _blankLine = _blankLine == 0 ? record.Line : _blankLine;
            return true;
        }

        if (_blankLine > 0 && _any)
        {
            mistakes.Add(_blankLine, null, "the line is empty; only the end of a file may have empty lines, so remove it");
        }

        _blankLine = 0;
        if (!_any)
        {
            _any = true;
            return Begin(record) && !mistakes.IsFull;
        }

        AcceptRow(record);
        return !mistakes.IsFull;
    }

    public ShardProfile Finish()
    {
        if (!_any)
        {
            mistakes.Add(0, null, "the file is empty; every shard needs at least one row, so remove it or leave it out of the pattern");
        }
        else if (_rows == 0 && !mistakes.Any)
        {
            mistakes.Add(0, null, "there is a header but no row; every shard needs at least one row, so remove it or leave it out of the pattern");
        }

        mistakes.ThrowIfAny();
        FlushBlock();
        return new ShardProfile(shard.Key, _schema!.FeatureNames, _blocks, _statistics!.ToColumns(), _labels.Labels);
    }

    private bool Begin(CsvRecordReader first)
    {
        _schema = new CsvSchemaResolver(data).Resolve(first, mistakes);
        if (_schema is null)
        {
            return false;
        }

        var features = _schema.FeatureColumns.Length;
        var capacity = BlockFormat.RowsPerBlock(features);
        _statistics = new RunningStatistics(features);
        _values = new double[capacity * features];
        _blockLabels = new int[capacity];
        _writer = startBlocks();
        if (!_schema.HasHeader)
        {
            AcceptRow(first);
        }

        return true;
    }

    private void AcceptRow(CsvRecordReader record)
    {
        counters.AddTextRows(1);
        var schema = _schema!;
        if (record.CellCount != schema.Names.Count)
        {
            mistakes.Add(record.Line, null, $"the row has {record.CellCount} cells but the first record has {schema.Names.Count}; all must have as many, so correct the row or the delimiter");
            return;
        }

        var row = _values.AsSpan(_blockRows * schema.FeatureColumns.Length, schema.FeatureColumns.Length);
        ReadFeatures(record, schema, row);
        var label = record.Cell(schema.LabelColumn);
        if (label.IsEmpty)
        {
            mistakes.Add(record.Line, schema.LabelName, "the label is missing; every row needs one, so fill it in or remove the row");
        }

        if (!mistakes.Any)
        {
            Store(row, label);
        }
    }

    private void ReadFeatures(CsvRecordReader record, CsvSchema schema, Span<double> row)
    {
        var columns = schema.FeatureColumns;
        for (var i = 0; i < columns.Length; i++)
        {
            var cell = record.Cell(columns[i]);
            if (!CsvNumber.TryParse(cell, out row[i]) || !double.IsFinite(row[i]))
            {
                mistakes.Add(record.Line, schema.Names[columns[i]], ProblemOf(cell));
            }
        }
    }

    private string ProblemOf(ReadOnlySpan<byte> cell)
    {
        if (cell.IsEmpty)
        {
            return "the cell is empty; missing values are not supported yet, so fill it in or exclude the column";
        }

        return CsvNumber.IsNonFiniteWord(cell) || CsvNumber.TryParse(cell, out _)
            ? $"{mistakes.Quote(cell)} is not a finite number; features must be, so correct it or exclude the column"
            : $"{mistakes.Quote(cell)} is not a number; features must be, so correct it or exclude the column";
    }

    private void Store(ReadOnlySpan<double> row, ReadOnlySpan<byte> label)
    {
        var isValidation = _split.IsValidation(_rows++);
        _blockLabels[_blockRows] = _labels.Add(label, isValidation);
        if (!isValidation)
        {
            _statistics!.Add(row);
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

        Writer.WriteBlock(_values.AsSpan(0, _blockRows * _schema!.FeatureColumns.Length), _blockLabels.AsSpan(0, _blockRows));
        _blocks.Add(new BlockRows(_blockRows, _blockTrainRows));
        _blockRows = 0;
        _blockTrainRows = 0;
    }
}
