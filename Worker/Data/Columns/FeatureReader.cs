using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using CloudSweep.Core.Domain;
using CloudSweep.Worker.Data.Profiling;
using CloudSweep.Worker.Data.Records;

namespace CloudSweep.Worker.Data.Columns;

/// <summary>Reads the features of a shard's rows: numbers as they are, texts by number or hash, missing cells as NaN.</summary>
internal sealed class FeatureReader
{
    private readonly RecordSchema _schema;
    private readonly ColumnReader[] _columns;
    private readonly RunningStatistics _statistics;

    // By column: behind the last of the columns of numbers that it begins or is among; the column itself where it is another.
    private readonly int[] _runEnds;
    private bool _isAllNumbers;
    private bool _anyMarks;

    public FeatureReader(RecordSchema schema, DataSpec data)
    {
        _schema = schema;
        _statistics = new RunningStatistics(schema.FeatureColumns.Length);
        var budget = new CategoryBudget();
        var settings = data.Columns.ToDictionary(column => column.Name, StringComparer.Ordinal);
        var general = new MissingMarks(data, null);
        _columns = [.. schema.FeatureNames.Select(name => Create(name, settings.GetValueOrDefault(name), data, general, budget))];
        _runEnds = new int[_columns.Length];
        FindRuns();
    }

    public int Count => _columns.Length;

    /// <summary>What the counted rows have shown.</summary>
    public IReadOnlyList<ColumnProfile> ToProfiles() => [.. _columns.Select((column, index) => column.ToProfile(_statistics.Of(index)))];

    /// <summary>Reads a record's features; cells that break rules are told.</summary>
    public void Read(IRecordReader record, Span<double> row, ICellJudge judge)
    {
        for (var i = 0; i < _columns.Length; i++)
        {
            var run = _runEnds[i] - i;
            if (run > 0)
            {
                var read = record.ReadNumbers(_schema.FeatureColumns.AsSpan(i, run), row.Slice(i, run));
                ApplyMarks(row, i, i + read);
                i += read;
                if (read == run)
                {
                    i--;
                    continue;
                }
            }

            row[i] = ReadOne(record, i, judge);
        }
    }

    /// <summary>Counts a row that is kept.</summary>
    public void CountRow(ReadOnlySpan<double> row, bool isHeldOut)
    {
        if (!_isAllNumbers || HasMissing(row))
        {
            for (var i = 0; i < _columns.Length; i++)
            {
                _columns[i].Count(row[i], isHeldOut);
            }
        }

        if (!isHeldOut)
        {
            _statistics.Add(row);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool HasMissing(ReadOnlySpan<double> row)
    {
        var vectors = MemoryMarshal.Cast<double, Vector<double>>(row);
        foreach (var vector in vectors)
        {
            if (!Vector.EqualsAll(vector, vector))
            {
                return true;
            }
        }

        foreach (var value in row[(vectors.Length * Vector<double>.Count)..])
        {
            if (double.IsNaN(value))
            {
                return true;
            }
        }

        return false;
    }

    private double ReadOne(IRecordReader record, int column, ICellJudge judge)
    {
        var cell = _schema.FeatureColumns[column];
        if (_columns[column] is UndecidedColumn undecided)
        {
            _columns[column] = undecided.Decide(record, cell);
            FindRuns();
        }

        return _columns[column].Read(record, cell, judge);
    }

    private void ApplyMarks(Span<double> row, int start, int end)
    {
        for (var i = start; _anyMarks && i < end; i++)
        {
            row[i] = ((NumberColumn)_columns[i]).WithoutMark(row[i]);
        }
    }

    private void FindRuns()
    {
        var end = _columns.Length;
        for (var i = _columns.Length - 1; i >= 0; i--)
        {
            end = _columns[i] is NumberColumn ? end : i;
            _runEnds[i] = end;
        }

        _isAllNumbers = _columns.All(column => column is NumberColumn);
        _anyMarks = _columns.Any(column => column is NumberColumn { HasNumberMarks: true });
    }

    private static ColumnReader Create(string name, ColumnSettings? settings, DataSpec data, MissingMarks general, CategoryBudget budget)
    {
        var marks = settings is { MissingCells.Count: > 0 } ? new MissingMarks(data, settings) : general;
        return settings switch
        {
            ColumnSettings.Numeric => new NumberColumn(name, marks, isDeclared: true),
            ColumnSettings.Category => new CategoryColumn(name, marks, budget),
            ColumnSettings.Hashed hashed => new HashedColumn(name, marks, hashed.Buckets),
            _ => new UndecidedColumn(name, marks, budget),
        };
    }
}
