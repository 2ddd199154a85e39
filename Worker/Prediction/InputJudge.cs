using CloudSweep.Worker.Data.Columns;
using CloudSweep.Worker.Data.Records;

namespace CloudSweep.Worker.Prediction;

/// <summary>Tells of cells that a model can't take, in words for who has a file to predict and no sweep file.</summary>
internal sealed class InputJudge(DataMistakes mistakes) : ICellJudge
{
    private IRecordReader? _record;
    private int _cell;

    /// <summary>The cell that follows.</summary>
    public void Begin(IRecordReader record, int cell) => (_record, _cell) = (record, cell);

    /// <inheritdoc/>
    public void Tell(RecordPlace place, string? column, string brokenRule, string problem)
    {
        var text = _record!.Text(_cell);
        mistakes.Add(place, column, $"{(text.IsEmpty ? "the cell" : mistakes.Quote(text))} {brokenRule}; the model can't take it, so correct it or remove the row");
    }

    /// <inheritdoc/>
    public void Fail(RecordPlace place, string? column, string problem) => mistakes.Add(place, column, problem);

    /// <inheritdoc/>
    public string Quote(ReadOnlySpan<byte> cell) => mistakes.Quote(cell);
}
