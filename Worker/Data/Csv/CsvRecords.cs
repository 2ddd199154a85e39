using System.Text;
using CloudSweep.Core.Domain;
using CloudSweep.Worker.Data.Columns;
using CloudSweep.Worker.Data.Records;
using CloudSweep.Worker.Data.Text;

namespace CloudSweep.Worker.Data.Csv;

/// <summary>The records of a CSV shard. The first one names the columns, or is told to be a row.</summary>
internal sealed class CsvRecords(CsvRecordReader text, DataSpec data) : IRecordReader
{
    public IReadOnlyList<string> Columns { get; private set; } = [];

    public RecordKind Kind { get; private set; }

    public RecordPlace Place => RecordPlace.Line(text.Line);

    public int CellCount => text.CellCount;

    public ValueTask<bool> FillAsync(CancellationToken cancellationToken) => text.FillAsync(cancellationToken);

    public bool TryRead()
    {
        if (!text.TryRead())
        {
            return false;
        }

        Kind = text.IsBlank ? RecordKind.Blank : RecordKind.Row;
        if (Columns.Count == 0 && Kind == RecordKind.Row)
        {
            Begin();
        }

        return true;
    }

    public ReadOnlySpan<byte> Text(int cell) => text.Cell(cell);

    public CellNumber Number(int cell, out double value) => TextNumber.Read(text.Cell(cell), out value);

    public int ReadNumbers(ReadOnlySpan<int> cells, Span<double> values) => text.ReadNumbers(cells, values);

    public void Dispose() => text.Dispose();

    private void Begin()
    {
        var columns = Enumerable.Range(0, CellCount).ToArray();
        string[] positions = [.. columns.Select(RecordSchema.PositionName)];
        if (data.Header == false || (data.Header is null && IsData(positions)))
        {
            Columns = positions;
            return;
        }

        if (data is { Header: null, Label: ColumnSelector.ByName label } && IsAllNumbers(columns))
        {
            throw new RecordFormatException(Place, $"the first record has only numbers, so there is no header to find the label '{label.Name}' in; give the label by position, e.g. 0 or -1");
        }

        Kind = RecordKind.Header;
        Columns = [.. columns.Select(column => Text(column).IsEmpty ? positions[column] : Encoding.UTF8.GetString(Text(column)))];
    }

    /// <summary>Whether the record can be a row: its features, named by position, are numbers, missing, or said to be text.</summary>
    private bool IsData(string[] positions)
    {
        var trial = new DataMistakes("", mayQuote: false);
        var missing = new MissingMarks(data, null);
        var texts = data.Columns.Where(column => column is not ColumnSettings.Numeric).Select(column => column.Name).ToHashSet(StringComparer.Ordinal);
        return new SchemaResolver(data).Resolve(positions, Place, trial) is { } schema
            && schema.FeatureColumns.All(column => texts.Contains(positions[column]) || Number(column, out _) != CellNumber.NotANumber || missing.Has(Text(column)));
    }

    private bool IsAllNumbers(int[] columns) => columns.All(column => Number(column, out _) != CellNumber.NotANumber);
}
