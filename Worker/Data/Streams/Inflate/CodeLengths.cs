namespace CloudSweep.Worker.Data.Streams.Inflate;

/// <summary>Reads what a block with codes of its own begins with: how long the codes are (RFC 1951, 3.2.7).</summary>
internal sealed class CodeLengths
{
    private const int MaxIndexBits = 7;
    private const int MaxLengths = 286 + 30;

    private static readonly byte[] Order = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

    private readonly byte[] _lengths = new byte[MaxLengths];
    private readonly ushort[] _codes = new ushort[19];
    private readonly (byte Symbol, byte Bits)[] _entries = new (byte, byte)[1 << MaxIndexBits];
    private int _symbols;
    private int _count;

    /// <summary>Of literals, lengths and the end of the block.</summary>
    public ReadOnlySpan<byte> Symbols => _lengths.AsSpan(0, _symbols);

    /// <summary>Of distances.</summary>
    public ReadOnlySpan<byte> Distances => _lengths.AsSpan(_symbols, _count - _symbols);

    /// <exception cref="InvalidDataException">They break rules, or the data ends.</exception>
    public void Read(BitInput input)
    {
        _symbols = 257 + input.Take(5);
        var distances = 1 + input.Take(5);
        var given = 4 + input.Take(4);
        _count = _symbols + distances;
        if (_symbols > 286 || distances > 30)
        {
            throw new InvalidDataException("A block has codes for more symbols than there are.");
        }

        Span<byte> own = stackalloc byte[Order.Length];
        own.Clear();
        for (var i = 0; i < given; i++)
        {
            own[Order[i]] = (byte)input.Take(3);
        }

        BuildEntries(own);
        for (var i = 0; i < _count;)
        {
            i += ReadOne(input, i);
        }

        if (_lengths[SymbolTable.EndOfBlock] == 0)
        {
            throw new InvalidDataException("A block has no code for its end.");
        }
    }

    private void BuildEntries(ReadOnlySpan<byte> own)
    {
        PrefixCode.Assign(own, _codes, allowsSingle: false);
        _entries.AsSpan().Fill((0, 1));
        for (var symbol = 0; symbol < own.Length; symbol++)
        {
            if (own[symbol] > 0)
            {
                PrefixCode.Put(_entries.AsSpan(), _codes[symbol], own[symbol], ((byte)symbol, own[symbol]));
            }
        }
    }

    /// <summary>Reads a length, or how often one is repeated. Returns how many that were.</summary>
    private int ReadOne(BitInput input, int at)
    {
        var (symbol, bits) = _entries[input.Peek() & ((1 << MaxIndexBits) - 1)];
        input.Skip(bits);
        var (value, repeats) = symbol switch
        {
            < 16 => (symbol, 1),
            16 when at == 0 => throw new InvalidDataException("A block repeats a length before the first."),
            16 => (_lengths[at - 1], 3 + input.Take(2)),
            17 => ((byte)0, 3 + input.Take(3)),
            _ => ((byte)0, 11 + input.Take(7)),
        };
        if (repeats > _count - at)
        {
            throw new InvalidDataException("A block has more lengths than symbols.");
        }

        _lengths.AsSpan(at, repeats).Fill(value);
        return repeats;
    }
}
