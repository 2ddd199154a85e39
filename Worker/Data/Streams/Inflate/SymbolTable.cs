using System.Runtime.CompilerServices;

namespace CloudSweep.Worker.Data.Streams.Inflate;

/// <summary>
/// Finds literals, lengths and the end of a block by the next bits. What <see cref="IndexBits"/> bits tell is put into one entry: several literals
/// and the length behind them. Longer codes are in further tables.
/// </summary>
internal sealed class SymbolTable
{
    public const int IndexBits = 11;
    public const int MaxSymbols = 288;
    public const int EndOfBlock = 256;

    private const int Indices = 1 << IndexBits;

    // RFC 1951, 3.2.5.
    private static readonly ushort[] LengthBases = [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];
    private static readonly byte[] LengthExtraBits = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];

    private readonly ushort[] _codes = new ushort[MaxSymbols];

    // A further table has two codes or more and at most 2^(15 − 11) entries.
    private readonly SymbolEntry[] _entries = new SymbolEntry[Indices + (MaxSymbols / 2 * (1 << (PrefixCode.MaxBits - IndexBits)))];

    /// <summary>The codes of blocks that bring none of their own (RFC 1951, 3.2.6).</summary>
    public static SymbolTable Fixed { get; } = MakeFixed();

    public ReadOnlySpan<SymbolEntry> Entries => _entries;

    /// <param name="lengths">Bits of each symbol's code, at most <see cref="MaxSymbols"/>.</param>
    /// <exception cref="InvalidDataException">They are no prefix code.</exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Build(ReadOnlySpan<byte> lengths)
    {
        PrefixCode.Assign(lengths, _codes, allowsSingle: true);
        _entries.AsSpan(0, Indices).Fill(SymbolEntry.Invalid);
        var hasLong = false;
        for (var symbol = 0; symbol < lengths.Length; symbol++)
        {
            var length = lengths[symbol];
            hasLong |= length > IndexBits;
            if (length is > 0 and <= IndexBits)
            {
                PrefixCode.Put(_entries.AsSpan(0, Indices), _codes[symbol], length, EntryOf(symbol, length));
            }
        }

        if (hasLong)
        {
            BuildFurther(lengths);
        }

        Combine();
    }

    private static SymbolTable MakeFixed()
    {
        Span<byte> lengths = stackalloc byte[MaxSymbols];
        lengths[..144].Fill(8);
        lengths[144..256].Fill(9);
        lengths[256..280].Fill(7);
        lengths[280..].Fill(8);
        var table = new SymbolTable();
        table.Build(lengths);
        return table;
    }

    private static SymbolEntry EntryOf(int symbol, int bits) => symbol switch
    {
        < EndOfBlock => SymbolEntry.Literal(symbol, bits),
        EndOfBlock => SymbolEntry.End(bits),
        _ when symbol - EndOfBlock - 1 < LengthBases.Length => SymbolEntry.Match(LengthBases[symbol - EndOfBlock - 1], LengthExtraBits[symbol - EndOfBlock - 1], bits),
        _ => SymbolEntry.NoCode(bits),
    };

    private void BuildFurther(ReadOnlySpan<byte> lengths)
    {
        Span<byte> tableBits = stackalloc byte[Indices];
        PrefixCode.FindFurtherBits(_codes, lengths, IndexBits, tableBits);
        var start = Indices;
        for (var symbol = 0; symbol < lengths.Length; symbol++)
        {
            if (lengths[symbol] <= IndexBits)
            {
                continue;
            }

            var index = _codes[symbol] & (Indices - 1);
            var bits = tableBits[index];
            if (!_entries[index].IsTable)
            {
                _entries[index] = SymbolEntry.Table(start, bits);
                start += 1 << bits;
            }

            PrefixCode.Put(_entries.AsSpan(_entries[index].TableStart, 1 << bits), _codes[symbol] >> IndexBits, lengths[symbol] - IndexBits, EntryOf(symbol, lengths[symbol]));
        }
    }

    /// <summary>From the last entry to the first, since an entry takes in those of its remaining bits, which come before it.</summary>
    private void Combine()
    {
        var entries = _entries.AsSpan(0, Indices);
        for (var index = entries.Length - 1; index >= 0; index--)
        {
            var first = entries[index];
            if (first.IsSpecial || first.Length > 0)
            {
                continue;
            }

            var second = entries[index >> first.Bits];
            if (second.IsSpecial || first.CodeBits + second.CodeBits > IndexBits)
            {
                continue;
            }

            var both = first.Then(second);
            if (both.Length == 0 && entries[index >> both.Bits] is { IsSpecial: false } third && both.CodeBits + third.CodeBits <= IndexBits)
            {
                both = both.Then(third);
            }

            entries[index] = both;
        }
    }
}
