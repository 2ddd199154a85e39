using CloudSweep.Core.Domain;
using CloudSweep.Worker.Data.Records;

namespace CloudSweep.Worker.Data.Columns;

/// <summary>A column that nothing is said about and that had no value yet. Its first value decides: a number makes it numeric, else it is text.</summary>
internal sealed class UndecidedColumn(string name, MissingMarks marks, CategoryBudget budget) : ColumnReader(name, marks)
{
    /// <summary>The reader that this cell decides for; this one while there is no value.</summary>
    public ColumnReader Decide(IRecordReader record, int cell)
    {
        if (Marks.Has(record.Text(cell)))
        {
            return this;
        }

        return record.Number(cell, out var value) switch
        {
            CellNumber.Number when double.IsFinite(value) && Marks.Has(value) => this,
            CellNumber.NotANumber => Continue<ColumnReader>(new CategoryColumn(Name, Marks, budget)),
            _ => Continue<ColumnReader>(new NumberColumn(Name, Marks, isDeclared: false)),
        };
    }

    public override double Read(IRecordReader record, int cell, ICellJudge judge) => double.NaN;

    public override ColumnProfile ToProfile(ColumnStatistics statistics) => new ColumnProfile.Empty(Missing);
}
