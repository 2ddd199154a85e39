using CloudSweep.Core.Domain;
using CloudSweep.Worker.Data.Records;

namespace CloudSweep.Worker.Data.Columns;

/// <summary>Reads the cells of one feature column of a shard and counts what it reads.</summary>
/// <param name="name">Name of the column.</param>
/// <param name="missing">Which cells have no value.</param>
internal abstract class ColumnReader(string name, MissingMarks missing)
{
    private MissingCount _missing;

    protected string Name { get; } = name;

    protected MissingMarks Marks { get; } = missing;

    protected MissingCount Missing => _missing;

    /// <summary>
    /// The cell as blocks store it: a number, the shard's index of a category, or a bucket; NaN = missing.
    /// A cell that breaks a rule is a mistake, and NaN.
    /// </summary>
    public abstract double Read(IRecordReader record, int cell, ICellJudge judge);

    /// <summary>Counts a value that <see cref="Read"/> gave, in a row that is kept.</summary>
    public void Count(double value, bool isHeldOut)
    {
        if (!double.IsNaN(value))
        {
            CountValue((int)value, isHeldOut);
        }
        else if (isHeldOut)
        {
            _missing = _missing with { ValidationRows = _missing.ValidationRows + 1 };
        }
        else
        {
            _missing = _missing with { TrainRows = _missing.TrainRows + 1 };
        }
    }

    /// <param name="statistics">Of the values that were read in training rows.</param>
    public abstract ColumnProfile ToProfile(ColumnStatistics statistics);

    /// <summary>A reader of another kind that goes on with this one's counts.</summary>
    protected T Continue<T>(T next)
        where T : ColumnReader
    {
        next._missing = _missing;
        return next;
    }

    protected virtual void CountValue(int value, bool isHeldOut)
    {
    }
}
