using CloudSweep.Core.Domain;
using CloudSweep.Worker.Data.Columns;
using CloudSweep.Worker.Data.Records;

namespace CloudSweep.Worker.Data.Profiling;

/// <summary>What becomes of rows that break rules: mistakes that end the pass, or rows that are left out and logged (<c>data.onBadRow</c>).</summary>
internal sealed class RowJudge(DataMistakes mistakes, BadRowRule rule, BadRowLog badRows) : ICellJudge
{
    /// <summary>Whether the row at hand breaks a rule.</summary>
    public bool IsRowBad { get; private set; }

    /// <summary>The rows that are left out.</summary>
    public BadRows BadRows => badRows.Rows;

    /// <summary>A new row.</summary>
    public void Begin() => IsRowBad = false;

    /// <summary>Leaves the row out, or collects the mistake.</summary>
    /// <param name="brokenRule">What is wrong, without any content.</param>
    /// <param name="problem">What is wrong, and what to do.</param>
    public void Tell(RecordPlace place, string? column, string brokenRule, string problem)
    {
        if (rule == BadRowRule.Fail)
        {
            mistakes.Add(place, column, problem);
        }
        else if (!IsRowBad)
        {
            badRows.Add(place, column, brokenRule);
        }

        IsRowBad = true;
    }

    /// <inheritdoc/>
    public void Fail(RecordPlace place, string? column, string problem)
    {
        mistakes.Add(place, column, problem);
        IsRowBad = true;
    }

    /// <inheritdoc/>
    public string Quote(ReadOnlySpan<byte> cell) => mistakes.Quote(cell);
}
