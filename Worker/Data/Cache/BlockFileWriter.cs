using System.Buffers.Binary;
using System.Globalization;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;
using CloudSweep.Core.Domain;
using CloudSweep.Worker.Data.Records;

namespace CloudSweep.Worker.Data.Cache;

/// <summary>Writes a block file front to back.</summary>
internal sealed class BlockFileWriter : IDisposable
{
    private readonly Stream _stream;
    private readonly Func<Exception, CacheUnavailableException> _unavailable;
    private readonly long _limitBytes;
    private readonly List<BlockEntry> _blocks = [];
    private readonly int _headerLength;
    private readonly ulong _headerHash;
    private byte[] _bytes = [];
    private double[] _columns = [];
    private long _offset;
    private long _rows;

    /// <param name="stream">The file.</param>
    /// <param name="key">What it is a cache of.</param>
    /// <param name="unavailable">What a failed write, e.g. on a full disk, is reported as.</param>
    /// <param name="limitBytes">Size that the blocks may have.</param>
    public BlockFileWriter(Stream stream, string key, Func<Exception, CacheUnavailableException> unavailable, long limitBytes = long.MaxValue)
    {
        _stream = stream;
        _limitBytes = limitBytes;
        _unavailable = unavailable;
        var header = Header(key);
        _headerLength = header.Length;
        _headerHash = XxHash3.HashToUInt64(header);
        Write(header);
    }

    public static byte[] Header(string key)
    {
        var text = Encoding.UTF8.GetBytes(key);
        var header = new byte[BlockFormat.Aligned(16 + text.Length)];
        BinaryPrimitives.WriteUInt64LittleEndian(header, BlockFormat.Magic);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(8), BlockFormat.Version);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(12), text.Length);
        text.CopyTo(header, 16);
        return header;
    }

    /// <param name="values">Rows × columns (the features, and the label if it is a number), row-major, finite or the one NaN that means missing.</param>
    /// <param name="labels">Local label index of each row.</param>
    /// <exception cref="RecordFormatException">The blocks get larger than they may.</exception>
    public void WriteBlock(ReadOnlySpan<double> values, ReadOnlySpan<int> labels)
    {
        var rows = labels.Length;
        var features = values.Length / rows;
        var types = new byte[features];
        Reserve(rows, features);
        var labelBytes = MemoryMarshal.AsBytes(labels);
        labelBytes.CopyTo(_bytes);
        var length = Pad(labelBytes.Length);
        for (var feature = 0; feature < features; feature++)
        {
            if (feature % RowsToColumns.Group == 0)
            {
                RowsToColumns.Copy(values, features, feature, _columns);
            }

            var column = _columns.AsSpan(feature % RowsToColumns.Group * rows, rows);
            var type = ColumnCodec.Smallest(column);
            types[feature] = (byte)type;
            var bytes = rows * ColumnCodec.SizeOf(type);
            ColumnCodec.Encode(type, column, _bytes.AsSpan(length, bytes));
            length = Pad(length + bytes);
        }

        // A few bytes of compressed text can stand for any number of rows. One block has been in memory, so it may be in a file.
        if (_blocks.Count > 0 && _offset + length > _limitBytes)
        {
            throw new RecordFormatException(
                RecordPlace.WholeShard,
                string.Create(CultureInfo.InvariantCulture, $"its rows take more than {_limitBytes} bytes in the block cache, the most that Data:CacheSizeLimitBytes allows one shard; split it, or raise the limit if the data is meant to be so large"));
        }

        var block = _bytes.AsSpan(0, length);
        _blocks.Add(new BlockEntry(_offset, length, _rows, rows, XxHash3.HashToUInt64(block), types));
        _rows += rows;
        Write(block);
    }

    public void Finish(ShardProfile profile)
    {
        using var bytes = new RentedBytes();
        CanonicalJson.Write(new BlockFooter(_headerLength, _headerHash, _blocks, profile), bytes);
        var footer = bytes.Written;
        var trailer = new byte[BlockFormat.TrailerBytes];
        BinaryPrimitives.WriteInt64LittleEndian(trailer, _offset);
        BinaryPrimitives.WriteInt64LittleEndian(trailer.AsSpan(8), footer.Length);
        BinaryPrimitives.WriteUInt64LittleEndian(trailer.AsSpan(16), XxHash3.HashToUInt64(footer));
        BinaryPrimitives.WriteUInt64LittleEndian(trailer.AsSpan(24), BlockFormat.Magic);
        Write(footer);
        Write(trailer);
    }

    /// <summary>Gives its buffers back: a pass over many shards would leave some MiB of garbage for each.</summary>
    public void Dispose()
    {
        BlockBuffers.Bytes.Return(_bytes);
        BlockBuffers.Numbers.Return(_columns);
        (_bytes, _columns) = ([], []);
    }

    private void Reserve(int rows, int features)
    {
        var most = BlockFormat.Aligned(4 * rows) + (features * BlockFormat.Aligned(8 * rows));
        if (_bytes.Length < most || _columns.Length < RowsToColumns.Group * rows)
        {
            Dispose();
            _bytes = BlockBuffers.Bytes.Rent(most);
            _columns = BlockBuffers.Numbers.Rent(RowsToColumns.Group * rows);
        }
    }

    private int Pad(int length)
    {
        var aligned = BlockFormat.Aligned(length);
        _bytes.AsSpan(length, aligned - length).Clear();
        return aligned;
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        try
        {
            _stream.Write(bytes);
        }
        catch (IOException exception)
        {
            throw _unavailable(exception);
        }

        _offset += bytes.Length;
    }
}
