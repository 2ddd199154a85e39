using System.Text;
using CloudSweep.Core.Domain;
using CloudSweep.Worker.Data.Columns;
using CloudSweep.Worker.Data.Profiling;
using CloudSweep.Worker.Data.Records;

namespace CloudSweep.Worker.Prediction;

/// <summary>Texts by their place among a model's categories. All others, of any number, share the place after the last.</summary>
internal sealed class KnownCategoryColumn : ColumnReader
{
    private readonly LabelTable _categories = new();

    public KnownCategoryColumn(string name, MissingMarks marks, IReadOnlyList<string> categories)
        : base(name, marks)
    {
        foreach (var category in categories)
        {
            _categories.Add(Encoding.UTF8.GetBytes(category));
        }
    }

    public override double Read(IRecordReader record, int cell, ICellJudge judge)
    {
        var text = record.Text(cell);
        if (Marks.Has(text))
        {
            return double.NaN;
        }

        if (text.IsEmpty)
        {
            judge.Tell(record.Place, Name, "is empty", "the cell is empty");
            return double.NaN;
        }

        return _categories.Find(text) is >= 0 and var known ? known : _categories.Distinct;
    }

    public override ColumnProfile ToProfile(ColumnStatistics statistics) => new ColumnProfile.Category(_categories.ToLabels(), Missing);
}
