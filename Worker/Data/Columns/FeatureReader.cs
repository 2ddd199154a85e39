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

    public FeatureReader(RecordSchema schema, DataSpec data)
    {
        _schema = schema;
        _statistics = new RunningStatistics(schema.FeatureColumns.Length);
        var budget = new CategoryBudget();
        var settings = data.Columns.ToDictionary(column => column.Name, StringComparer.Ordinal);
        var general = new MissingMarks(data, null);
        _columns = [.. schema.FeatureNames.Select(name => Create(name, settings.GetValueOrDefault(name), data, general, budget))];
    }

    public int Count => _columns.Length;

    /// <summary>What the counted rows have shown.</summary>
    public IReadOnlyList<ColumnProfile> ToProfiles() => [.. _columns.Select((column, index) => column.ToProfile(_statistics.Of(index)))];

    /// <summary>Reads a record's features; cells that break rules are told.</summary>
    public void Read(IRecordReader record, Span<double> row, ICellJudge judge)
    {
        for (var i = 0; i < _columns.Length; i++)
        {
            var cell = _schema.FeatureColumns[i];
            if (_columns[i] is UndecidedColumn undecided)
            {
                _columns[i] = undecided.Decide(record, cell);
            }

            row[i] = _columns[i].Read(record, cell, judge);
        }
    }

    /// <summary>Counts a row that is kept.</summary>
    public void CountRow(ReadOnlySpan<double> row, bool isHeldOut)
    {
        for (var i = 0; i < _columns.Length; i++)
        {
            _columns[i].Count(row[i], isHeldOut);
        }

        if (!isHeldOut)
        {
            _statistics.Add(row);
        }
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
