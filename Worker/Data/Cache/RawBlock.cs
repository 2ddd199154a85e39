using System.Buffers;
using System.Runtime.InteropServices;

namespace CloudSweep.Worker.Data.Cache;

/// <summary>The stored bytes of one block in a pooled buffer, and its columns.</summary>
internal sealed class RawBlock : IDisposable
{
    private byte[] _bytes = [];
    private int[] _columnOffsets = [];
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
        if (_bytes.Length < length)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = ArrayPool<byte>.Shared.Rent(length);
        }

        return _bytes.AsSpan(0, length);
    }

    /// <exception cref="CorruptBlockException">The columns do not fill the block.</exception>
    public void Accept(BlockEntry entry)
    {
        _columnOffsets = new int[entry.Types.Length];
        var offset = BlockFormat.Aligned(4 * entry.Rows);
        for (var column = 0; column < entry.Types.Length; column++)
        {
            _columnOffsets[column] = offset;
            offset += BlockFormat.Aligned(entry.Rows * ColumnCodec.SizeOf((ColumnType)entry.Types[column]));
        }

        if (offset != entry.Length)
        {
            throw new CorruptBlockException("The columns do not fill the block.");
        }

        _entry = entry;
    }

    /// <summary>Columns, that of a label which is a number included.</summary>
    public int ColumnCount => Entry.Types.Length;

    /// <summary>The raw values of a column, all rows.</summary>
    public void CopyColumn(int column, Span<double> values)
    {
        var type = (ColumnType)Entry.Types[column];
        ColumnCodec.Decode(type, _bytes.AsSpan(_columnOffsets[column], Rows * ColumnCodec.SizeOf(type)), values[..Rows]);
    }

    public void Dispose()
    {
        _entry = null;
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = [];
    }
}
