using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
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

    // By position: which of a row's numbers; −1 where a column is not used or has texts.
    private readonly int[] _places = new int[columns.Length];
    private readonly NumberRows _tile = new();

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
        var row = _tile.Row(_row);
        if (StandSideBySide(cells))
        {
            var numbers = row.Slice(_places[cells[0]], cells.Length);
            if (AreFinite(numbers))
            {
                numbers.CopyTo(values);
                return cells.Length;
            }
        }

        for (var i = 0; i < cells.Length; i++)
        {
            var value = _places[cells[i]] is >= 0 and var place ? row[place] : double.NaN;
            if (!double.IsFinite(value))
            {
                return i;
            }

            values[i] = value;
        }

        return cells.Length;
    }

    public void Dispose() => stream.Dispose();

    // Each is looked at: between two numbers a text and a label would cancel each other out.
    private bool StandSideBySide(ReadOnlySpan<int> cells)
    {
        var place = cells.IsEmpty ? -1 : _places[cells[0]];
        foreach (var cell in cells)
        {
            if (place < 0 || _places[cell] != place++)
            {
                return false;
            }
        }

        return !cells.IsEmpty;
    }

    private ParquetColumn Used(int cell) => columns[cell] ?? throw new InvalidOperationException($"Column {names[cell]} is not read.");

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static bool AreFinite(ReadOnlySpan<double> numbers)
    {
        var vectors = MemoryMarshal.Cast<double, Vector<double>>(numbers);
        var infinity = new Vector<double>(double.PositiveInfinity);
        foreach (var vector in vectors)
        {
            if (!Vector.LessThanAll(Vector.Abs(vector), infinity))
            {
                return false;
            }
        }

        foreach (var value in numbers[(vectors.Length * Vector<double>.Count)..])
        {
            if (!double.IsFinite(value))
            {
                return false;
            }
        }

        return true;
    }

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

        _rows = (int)group.RowCount;
        var numbers = new List<double[]>();
        for (var position = 0; position < columns.Length; position++)
        {
            _places[position] = columns[position]?.Numbers is null ? -1 : numbers.Count;
            if (columns[position]?.Numbers is { } column)
            {
                numbers.Add(column);
            }
        }

        _tile.Begin([.. numbers], _rows);
    }
}
