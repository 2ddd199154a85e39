using CloudSweep.Worker.Data.Records;

namespace CloudSweep.Worker.Data.Columns;

/// <summary>Is told of cells that break rules.</summary>
internal interface ICellJudge
{
    /// <summary>The row is of no use.</summary>
    /// <param name="brokenRule">What is wrong, without any content.</param>
    /// <param name="problem">What is wrong, and what to do in a sweep.</param>
    void Tell(RecordPlace place, string? column, string brokenRule, string problem);

    /// <summary>A mistake that leaving the row out would not mend.</summary>
    void Fail(RecordPlace place, string? column, string problem);

    /// <inheritdoc cref="DataMistakes.Quote"/>
    string Quote(ReadOnlySpan<byte> cell);
}
