namespace CloudSweep.Worker.Data.Streams.Inflate;

/// <summary>Finds the distance of a match by the next bits.</summary>
internal sealed class DistanceTable
{
    public const int IndexBits = 9;
    public const int MaxSymbols = 32;

    private const int Indices = 1 << IndexBits;

    // RFC 1951, 3.2.5.
    private static readonly ushort[] Bases = [1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145, 8193, 12289, 16385, 24577];

    private readonly ushort[] _codes = new ushort[MaxSymbols];

    // A further table has two codes or more and at most 2^(15 − 9) entries.
    private readonly DistanceEntry[] _entries = new DistanceEntry[Indices + (MaxSymbols / 2 * (1 << (PrefixCode.MaxBits - IndexBits)))];

    /// <summary>The codes of blocks that bring none of their own (RFC 1951, 3.2.6).</summary>
    public static DistanceTable Fixed { get; } = MakeFixed();

    public ReadOnlySpan<DistanceEntry> Entries => _entries;

    /// <param name="lengths">Bits of each symbol's code, at most <see cref="MaxSymbols"/>.</param>
    /// <exception cref="InvalidDataException">They are no prefix code.</exception>
    public void Build(ReadOnlySpan<byte> lengths)
    {
        PrefixCode.Assign(lengths, _codes, allowsSingle: true);
        _entries.AsSpan(0, Indices).Fill(DistanceEntry.NoCode(1));
        Span<byte> tableBits = stackalloc byte[Indices];
        PrefixCode.FindFurtherBits(_codes, lengths, IndexBits, tableBits);
        var start = Indices;
        for (var symbol = 0; symbol < lengths.Length; symbol++)
        {
            var length = lengths[symbol];
            if (length is > 0 and <= IndexBits)
            {
                PrefixCode.Put(_entries.AsSpan(0, Indices), _codes[symbol], length, EntryOf(symbol, length));
            }
            else if (length > 0)
            {
                var index = _codes[symbol] & (Indices - 1);
                var bits = tableBits[index];
                if (!_entries[index].IsTable)
                {
                    _entries[index] = DistanceEntry.Table(start, bits);
                    start += 1 << bits;
                }

                PrefixCode.Put(_entries.AsSpan(_entries[index].TableStart, 1 << bits), _codes[symbol] >> IndexBits, length - IndexBits, EntryOf(symbol, length));
            }
        }
    }

    private static DistanceTable MakeFixed()
    {
        Span<byte> lengths = stackalloc byte[MaxSymbols];
        lengths.Fill(5);
        var table = new DistanceTable();
        table.Build(lengths);
        return table;
    }

    private static DistanceEntry EntryOf(int symbol, int bits) => symbol < Bases.Length
        ? DistanceEntry.Distance(Bases[symbol], Math.Max(0, (symbol >> 1) - 1), bits)
        : DistanceEntry.NoCode(bits);
}
