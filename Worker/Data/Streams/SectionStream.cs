using CloudSweep.Core.Ports;

namespace CloudSweep.Worker.Data.Streams;

/// <summary>
/// A seekable view of a shard of which one section at a time is in memory, so that a library that reads a few bytes at a
/// time, and not asynchronously, costs one ranged read per section. Owns the ranges.
/// </summary>
internal sealed class SectionStream(IShardRanges ranges, DataCounters counters) : Stream
{
    private byte[] _section = [];
    private long _start;
    private int _length;

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => ranges.Length;

    public override long Position { get; set; }

    private bool IsLoaded => Position >= _start && Position < _start + _length;

    /// <summary>Reads a section, which takes the place of the last one.</summary>
    /// <exception cref="EndOfStreamException">It is not all within the shard.</exception>
    public async Task LoadAsync(long start, int length, CancellationToken cancellationToken)
    {
        _length = 0;
        if (start < 0 || length < 0 || start > Length - length)
        {
            throw new EndOfStreamException();
        }

        if (_section.Length < length)
        {
            _section = new byte[length];
        }

        var read = await ranges.ReadAsync(start, _section.AsMemory(0, length), cancellationToken);
        counters.AddBytesRead(read);
        (_start, _length) = read == length ? (start, length) : throw new EndOfStreamException();
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <exception cref="EndOfStreamException">The bytes are not in the section that is loaded: what points there is corrupt.</exception>
    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty)
        {
            return 0;
        }

        if (!IsLoaded)
        {
            throw new EndOfStreamException();
        }

        var at = Position - _start;
        var count = (int)Math.Min(buffer.Length, _length - at);
        _section.AsSpan((int)at, count).CopyTo(buffer);
        Position += count;
        return count;
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (IsLoaded || buffer.IsEmpty)
        {
            return Read(buffer.Span);
        }

        var read = await ranges.ReadAsync(Position, buffer, cancellationToken);
        counters.AddBytesRead(read);
        Position += read;
        return read;
    }

    public override long Seek(long offset, SeekOrigin origin) => Position = offset + origin switch
    {
        SeekOrigin.Begin => 0,
        SeekOrigin.Current => Position,
        _ => Length,
    };

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            ranges.Dispose();
        }

        base.Dispose(disposing);
    }
}
