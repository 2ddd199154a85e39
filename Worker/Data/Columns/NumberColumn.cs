using CloudSweep.Core.Domain;
using CloudSweep.Worker.Data.Records;

namespace CloudSweep.Worker.Data.Columns;

/// <summary>Numbers.</summary>
/// <param name="isDeclared">Whether the sweep file says so; else the column's first value did.</param>
internal sealed class NumberColumn(string name, MissingMarks marks, bool isDeclared) : ColumnReader(name, marks)
{
    /// <summary>Whether a number can mean that there is none.</summary>
    public bool HasNumberMarks => Marks.HasNumbers;

    public override double Read(IRecordReader record, int cell, ICellJudge judge)
    {
        var found = record.Number(cell, out var value);
        if (found == CellNumber.Number && double.IsFinite(value))
        {
            return WithoutMark(value);
        }

        var text = record.Text(cell);
        if (!Marks.Has(text))
        {
            var (rule, problem) = ProblemOf(found, text, judge);
            judge.Tell(record.Place, Name, rule, problem);
        }

        return double.NaN;
    }

    /// <summary>A finite number of the column; NaN = it is a mark.</summary>
    public double WithoutMark(double value) => Marks.Has(value) ? double.NaN : value;

    public override ColumnProfile ToProfile(ColumnStatistics statistics) => new ColumnProfile.Numeric(statistics, Missing);

    private (string Rule, string Problem) ProblemOf(CellNumber found, ReadOnlySpan<byte> text, ICellJudge judge) => found switch
    {
        CellNumber.Missing => ("is empty", "the cell is empty and data.missing does not list \"\"; fill it in, list it or exclude the column"),
        CellNumber.Number => ("is not finite", $"{judge.Quote(text)} is not a finite number; correct it, list it in data.missing or exclude the column"),
        _ when isDeclared => ("is not a number", $"{judge.Quote(text)} is not a number, which the column's kind asks for; correct it, list it in data.missing or set another kind"),
        _ => ("is not a number", $"{judge.Quote(text)} is not a number, but the column's first value is; correct it, list it in data.missing, set the column's kind to category or exclude it"),
    };
}
