using CloudSweep.Worker.Data.Records;
using CloudSweep.Worker.Data.Streams;
using Parquet;

namespace CloudSweep.Worker.Data.Parquet;

/// <summary>The records of a Parquet shard. Only the label and the features are read, one row group at a time.</summary>
/// <param name="file">Knows the row groups.</param>
/// <param name="stream">What it reads.</param>
/// <param name="names">Names of all columns.</param>
/// <param name="columns">By position; null where a column is not used.</param>
internal sealed class ParquetRecords(ParquetReader file, SectionStream stream, IReadOnlyList<string> names, ParquetColumn?[] columns) : IRecordReader
{
    private int _nextGroup;
    private long _rowsBefore;
    private int _rows;
    private int _row = -1;

    // By position; null where a column is not used or has texts.
    private readonly double[]?[] _numbers = new double[]?[columns.Length];

    public IReadOnlyList<string> Columns => names;

    public long? RowCount => file.Metadata?.NumRows;

    public RecordKind Kind => RecordKind.Row;

    public RecordPlace Place => RecordPlace.Row(_rowsBefore + _row + 1);

    public int CellCount => names.Count;

    public async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        _rowsBefore += _rows;
        (_rows, _row) = (0, -1);
        if (_nextGroup == file.RowGroupCount)
        {
            return false;
        }

        await ParquetErrors.TellAsync(() => ReadAsync(_nextGroup, cancellationToken));
        _nextGroup++;
        return true;
    }

    public bool TryRead() => ++_row < _rows;

    public ReadOnlySpan<byte> Text(int cell) => Used(cell).Text(_row);

    public CellNumber Number(int cell, out double value) => Used(cell).Number(_row, out value);

    public int ReadNumbers(ReadOnlySpan<int> cells, Span<double> values)
    {
        for (var i = 0; i < cells.Length; i++)
        {
            var value = _numbers[cells[i]] is { } numbers ? numbers[_row] : double.NaN;
            if (!double.IsFinite(value))
            {
                return i;
            }

            values[i] = value;
        }

        return cells.Length;
    }

    public void Dispose() => stream.Dispose();

    private ParquetColumn Used(int cell) => columns[cell] ?? throw new InvalidOperationException($"Column {names[cell]} is not read.");

    private async Task ReadAsync(int index, CancellationToken cancellationToken)
    {
        using var group = file.OpenRowGroupReader(index);
        var used = columns.OfType<ParquetColumn>().ToArray();
        ParquetLimits.Check(group, used);
        foreach (var column in group.RowCount == 0 ? [] : used)
        {
            var (start, length) = ParquetLimits.ChunkOf(group, column);
            await stream.LoadAsync(start, length, cancellationToken);
            await column.ReadAsync(group, (int)group.RowCount, cancellationToken);
        }

        for (var position = 0; position < columns.Length; position++)
        {
            _numbers[position] = columns[position]?.Numbers;
        }

        _rows = (int)group.RowCount;
    }
}
