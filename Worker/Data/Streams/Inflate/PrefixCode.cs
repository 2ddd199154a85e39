namespace CloudSweep.Worker.Data.Streams.Inflate;

/// <summary>The canonical prefix code that lengths stand for (RFC 1951, 3.2.2).</summary>
internal static class PrefixCode
{
    public const int MaxBits = 15;

    /// <param name="lengths">Bits of each symbol's code, 0 to 15; 0 = it has none.</param>
    /// <param name="codes">Receives each symbol's code, first bit lowest, as it is met in the data.</param>
    /// <param name="allowsSingle">One code of one bit may stand alone, as zlib allows for lengths and distances.</param>
    /// <exception cref="InvalidDataException">There are more codes than bits allow, or bits that are no code.</exception>
    public static void Assign(ReadOnlySpan<byte> lengths, Span<ushort> codes, bool allowsSingle)
    {
        Span<int> counts = stackalloc int[MaxBits + 1];
        counts.Clear();
        foreach (var length in lengths)
        {
            counts[length]++;
        }

        counts[0] = 0;
        Span<int> nextCodes = stackalloc int[MaxBits + 1];
        var (left, code, longest) = (1, 0, 0);
        for (var length = 1; length <= MaxBits; length++)
        {
            code = (code + counts[length - 1]) << 1;
            nextCodes[length] = code;
            left = (left << 1) - counts[length];
            longest = counts[length] > 0 ? length : longest;
            if (left < 0)
            {
                throw new InvalidDataException("A prefix code has too many codes.");
            }
        }

        if (left > 0 && longest > 0 && !(allowsSingle && longest == 1))
        {
            throw new InvalidDataException("A prefix code has too few codes.");
        }

        for (var symbol = 0; symbol < lengths.Length; symbol++)
        {
            var length = lengths[symbol];
            codes[symbol] = length == 0 ? (ushort)0 : Reversed(nextCodes[length]++, length);
        }
    }

    /// <summary>Gives every index that begins with a code its entry.</summary>
    /// <param name="entries">A power of two many, by the next bits.</param>
    /// <param name="code">First bit lowest.</param>
    /// <param name="length">Bits of the code, as many as the index has or fewer.</param>
    /// <param name="entry">What the code means.</param>
    public static void Put<TEntry>(Span<TEntry> entries, int code, int length, TEntry entry)
    {
        for (var index = code; index < entries.Length; index += 1 << length)
        {
            entries[index] = entry;
        }
    }

    /// <summary>How many bits more the longest code has that begins with each index; 0 where none is longer than the index.</summary>
    /// <param name="codes">Of each symbol, first bit lowest.</param>
    /// <param name="lengths">Bits of each code.</param>
    /// <param name="indexBits">Bits of an index.</param>
    /// <param name="further">2^<paramref name="indexBits"/> many, receives them.</param>
    public static void FindFurtherBits(ReadOnlySpan<ushort> codes, ReadOnlySpan<byte> lengths, int indexBits, Span<byte> further)
    {
        further.Clear();
        for (var symbol = 0; symbol < lengths.Length; symbol++)
        {
            ref var bits = ref further[codes[symbol] & ((1 << indexBits) - 1)];
            bits = (byte)Math.Max(bits, lengths[symbol] - indexBits);
        }
    }

    private static ushort Reversed(int code, int length)
    {
        code = ((code & 0x5555) << 1) | ((code >> 1) & 0x5555);
        code = ((code & 0x3333) << 2) | ((code >> 2) & 0x3333);
        code = ((code & 0x0F0F) << 4) | ((code >> 4) & 0x0F0F);
        code = ((code & 0x00FF) << 8) | (code >> 8);
        return (ushort)(code >> (16 - length));
    }
}
