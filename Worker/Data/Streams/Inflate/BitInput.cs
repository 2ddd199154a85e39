using System.Runtime.CompilerServices;

namespace CloudSweep.Worker.Data.Streams.Inflate;

/// <summary>Stored bytes, a buffer at a time, as bytes and as bits from the lowest of each byte on (RFC 1951, 3.1.1). Does not own the stream.</summary>
internal sealed class BitInput(Stream stored)
{
    /// <summary>Room for stored bytes: also what may have been inflated behind a place that turns out to be corrupt.</summary>
    public const int BufferBytes = 32 * 1024;

    private readonly byte[] _bytes = new byte[BufferBytes];
    private int _next;
    private int _end;

    /// <summary>The next <see cref="BitCount"/> bits, lowest first. Higher ones are 0 or what follows.</summary>
    private ulong _bits;

    public int BitCount { get; private set; }

    /// <summary>The stream has no more bytes than those that are here.</summary>
    public bool IsEnded { get; private set; }

    /// <summary>More was wanted than is here.</summary>
    public bool IsShort { get; private set; }

    /// <summary>Reads on. Nothing happens at the end of the stream but that <see cref="IsEnded"/> says so.</summary>
    public async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        // Bytes that are bits already stay too: whole ones may be given back.
        _next -= BitCount >> 3;
        BitCount &= 7;
        _bits &= (1UL << BitCount) - 1;
        _bytes.AsSpan(_next, _end - _next).CopyTo(_bytes);
        (_next, _end) = (0, _end - _next);
        var read = await stored.ReadAsync(_bytes.AsMemory(_end), cancellationToken);
        _end += read;
        IsEnded = read == 0;
    }

    /// <summary>The next byte, −1 at the end of the stream.</summary>
    public async ValueTask<int> NextByteAsync(CancellationToken cancellationToken)
    {
        ToBytes();
        if (_next == _end && !IsEnded)
        {
            await FillAsync(cancellationToken);
        }

        return _next == _end ? -1 : _bytes[_next++];
    }

    /// <summary>The next bits as a number.</summary>
    /// <param name="count">0 to 16.</param>
    /// <exception cref="InvalidDataException">There are fewer.</exception>
    public int Take(int count)
    {
        var value = Peek() & ((1 << count) - 1);
        Skip(count);
        return value;
    }

    /// <summary>The next 16 bits or more; those behind the last one are of no meaning.</summary>
    public int Peek()
    {
        Resume(out var state);
        state.Refill();
        Suspend(state);
        return (int)(uint)_bits & int.MaxValue;
    }

    /// <exception cref="InvalidDataException">There are fewer bits.</exception>
    public void Skip(int count)
    {
        if (count > BitCount)
        {
            IsShort = true;
            throw new InvalidDataException("The data ends within a block.");
        }

        _bits >>= count;
        BitCount -= count;
    }

    /// <summary>Goes on at the next whole byte.</summary>
    public void ToBytes()
    {
        _next -= BitCount >> 3;
        (_bits, BitCount) = (0, 0);
    }

    /// <summary>Copies whole bytes, as many as there are and have room.</summary>
    public int CopyTo(Span<byte> target)
    {
        ToBytes();
        var count = Math.Min(target.Length, _end - _next);
        _bytes.AsSpan(_next, count).CopyTo(target);
        _next += count;
        return count;
    }

    /// <summary>A place to go back to, unless <see cref="FillAsync"/> is called before.</summary>
    public BitMark Mark() => new(_next, _bits, BitCount);

    public void GoBack(BitMark mark) => (_next, _bits, BitCount, IsShort) = (mark.Next, mark.Bits, mark.Count, false);

    /// <summary>Lends the bits to a loop, which keeps them in registers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Resume(out BitState state) => state = new BitState(_bytes.AsSpan(0, _end), _next, _bits, BitCount);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Suspend(in BitState state) => (_next, _bits, BitCount) = (state.Next, state.Bits, state.Count);
}
