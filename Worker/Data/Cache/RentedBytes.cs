using System.Buffers;

namespace CloudSweep.Worker.Data.Cache;

/// <summary>Bytes that grow in a buffer of the shared pool: a document of some 100 KB would be left to the collector for long.</summary>
internal sealed class RentedBytes : IBufferWriter<byte>, IDisposable
{
    private const int FirstLength = 64 * 1024;

    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(FirstLength);
    private int _length;

    /// <summary>What was written; until the next write.</summary>
    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    public void Advance(int count)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)count, (uint)(_bytes.Length - _length));
        _length += count;
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        var wanted = Math.Max(sizeHint, 1);
        if (_bytes.Length - _length < wanted)
        {
            var larger = ArrayPool<byte>.Shared.Rent(checked(_length + Math.Max(wanted, _length)));
            Written.CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = larger;
        }

        return _bytes.AsMemory(_length);
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_bytes);
        (_bytes, _length) = ([], 0);
    }
}
