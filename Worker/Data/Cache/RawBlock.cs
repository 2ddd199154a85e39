using System.Runtime.InteropServices;

namespace CloudSweep.Worker.Data.Cache;

/// <summary>The stored bytes of one block in a pooled buffer, and its columns.</summary>
internal sealed class RawBlock : IDisposable
{
    // What a reader of whole vectors may read behind the last column.
    private const int SpareBytes = 512;

    private byte[] _bytes = [];
    private int[] _columnOffsets = [];
    private byte[] _columnTypes = [];
    private int[] _columnSizes = [];
    private BlockEntry? _entry;

    public int Rows => Entry.Rows;

    public long FirstRow => Entry.FirstRow;

    /// <summary>Local label index of each row.</summary>
    public ReadOnlySpan<int> Labels => MemoryMarshal.Cast<byte, int>(_bytes.AsSpan(0, 4 * Rows));

    private BlockEntry Entry => _entry ?? throw new InvalidOperationException("No block is loaded.");

    /// <summary>Room for the block's bytes.</summary>
    public Span<byte> Prepare(int length)
    {
        _entry = null;
        if (_bytes.Length < length + SpareBytes)
        {
            // Between the two it has none: where there is no memory, this would be given back twice.
            Dispose();
            _bytes = BlockBuffers.Bytes.Rent(length + SpareBytes);
        }

        return _bytes.AsSpan(0, length);
    }

    /// <exception cref="CorruptBlockException">The columns do not fill the block.</exception>
    public void Accept(BlockEntry entry)
    {
        if (_columnOffsets.Length != entry.Types.Length)
        {
            (_columnOffsets, _columnSizes) = (new int[entry.Types.Length], new int[entry.Types.Length]);
        }

        _columnTypes = entry.Types;
        var offset = BlockFormat.Aligned(4 * entry.Rows);
        for (var column = 0; column < entry.Types.Length; column++)
        {
            _columnOffsets[column] = offset;
            _columnSizes[column] = ColumnCodec.SizeOf((ColumnType)entry.Types[column]);
            offset += BlockFormat.Aligned(entry.Rows * _columnSizes[column]);
        }

        if (offset != entry.Length)
        {
            throw new CorruptBlockException("The columns do not fill the block.");
        }

        _entry = entry;
    }

    /// <summary>Columns, that of a label which is a number included.</summary>
    public int ColumnCount => Entry.Types.Length;

    public ColumnType TypeOf(int column) => (ColumnType)_columnTypes[column];

    /// <summary>The stored bytes of a column from a row on, and what follows it: at least 64 values can be read, though those behind the last row say nothing.</summary>
    public ReadOnlySpan<byte> BytesFrom(int column, int row) => _bytes.AsSpan(_columnOffsets[column] + (row * _columnSizes[column]));

    /// <summary>The raw values of a column from a row on, as many as <paramref name="values"/> takes.</summary>
    public void CopyColumn(int column, int row, Span<double> values) => ColumnCodec.Decode(TypeOf(column), BytesFrom(column, row), values);

    public void Dispose()
    {
        _entry = null;
        BlockBuffers.Bytes.Return(_bytes);
        _bytes = [];
    }
}
