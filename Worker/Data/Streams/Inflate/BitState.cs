using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace CloudSweep.Worker.Data.Streams.Inflate;

/// <summary>A place in stored bits, for as long as a loop runs.</summary>
internal ref struct BitState(ReadOnlySpan<byte> bytes, int next, ulong bits, int count)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    /// <summary>The byte behind those whose bits are counted.</summary>
    public int Next = next;

    /// <summary>The next <see cref="Count"/> bits; higher ones are 0 or what follows.</summary>
    public ulong Bits = bits;

    /// <summary>Below 0 where more were used than there are.</summary>
    public int Count = count;

    /// <summary>Makes it 56 bits or more, unless the bytes end before.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Refill()
    {
        if (Next <= _bytes.Length - sizeof(ulong))
        {
            // Whole bytes are counted; what is above them is put there again, the same, by the next call.
            Bits |= BinaryPrimitives.ReadUInt64LittleEndian(_bytes[Next..]) << Count;
            Next += (63 - Count) >> 3;
            Count |= 56;
        }
        else
        {
            while (Count < 56 && Next < _bytes.Length)
            {
                Bits |= (ulong)_bytes[Next++] << Count;
                Count += 8;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Skip(int bits)
    {
        Bits >>= bits;
        Count -= bits;
    }
}
