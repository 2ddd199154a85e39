using System.Globalization;
using CloudSweep.Core.Domain;
using CloudSweep.Worker.Data.Profiling;
using CloudSweep.Worker.Data.Records;

namespace CloudSweep.Worker.Data.Columns;

/// <summary>Texts, numbered in order of first appearance.</summary>
internal sealed class CategoryColumn(string name, MissingMarks marks, CategoryBudget budget) : ColumnReader(name, marks)
{
    private readonly LabelTable _categories = new();
    private bool _isFull;

    public override double Read(IRecordReader record, int cell, ICellJudge judge)
    {
        var text = record.Text(cell);
        if (_isFull || Marks.Has(text))
        {
            return double.NaN;
        }

        if (text.IsEmpty)
        {
            judge.Tell(record.Place, Name, "is empty", "the cell is empty and data.missing does not list \"\"; fill it in, list it or exclude the column");
            return double.NaN;
        }

        var index = _categories.Find(text);
        return index >= 0 ? index : Add(record, text, judge);
    }

    public override ColumnProfile ToProfile(ColumnStatistics statistics) => new ColumnProfile.Category(_categories.ToLabels(), Missing);

    protected override void CountValue(int value, bool isHeldOut) => _categories.Count(value, isHeldOut);

    private double Add(IRecordReader record, ReadOnlySpan<byte> text, ICellJudge judge)
    {
        if (text.Length > CategoryLimits.Bytes)
        {
            judge.Tell(record.Place, Name, "is too long for a category", Text($"the text has {text.Length} bytes; a category has at most {CategoryLimits.Bytes}, so set the column's kind to hashed or exclude it"));
            return double.NaN;
        }

        if (_categories.Distinct == CategoryLimits.PerColumn)
        {
            return Refuse(record, judge, Text($"here begins category {CategoryLimits.PerColumn + 1} of the column; at most {CategoryLimits.PerColumn} are allowed, so set its kind to hashed or exclude it"));
        }

        return budget.TryTake()
            ? _categories.Add(text)
            : Refuse(record, judge, Text($"the columns have more than {CategoryLimits.Together} categories together; set the kind of some to hashed or exclude them"));
    }

    // One mistake for the column, not one for each of its rows.
    private double Refuse(IRecordReader record, ICellJudge judge, string problem)
    {
        _isFull = true;
        judge.Fail(record.Place, Name, problem);
        return double.NaN;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
