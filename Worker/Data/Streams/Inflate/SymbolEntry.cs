namespace CloudSweep.Worker.Data.Streams.Inflate;

/// <summary>
/// What the next bits mean: up to three literals and then, if <see cref="Length"/> is not 0, a match. Or something special: a further table,
/// the end of the block, or bits that are no code. A number, so that a table is an array and entries are put together by adding them.
/// </summary>
/// <param name="Value">Bits 0-5: bits that are used up, 6-7: literals, 8-31: the literals, 32-40: least length, 41-45: bits before those that add to the length, 60-61: special kind, 63: special.</param>
internal readonly record struct SymbolEntry(ulong Value)
{
    private const ulong LiteralMask = 0xFFFFFF00;
    private const ulong SpecialFlag = 1UL << 63;
    private const ulong EndFlag = 1UL << 60;
    private const ulong TableFlag = 1UL << 61;

    /// <summary>Bits that are no code.</summary>
    public static SymbolEntry Invalid => new(SpecialFlag | 1);

    public bool IsSpecial => (long)Value < 0;

    public bool IsEnd => (Value & EndFlag) != 0;

    public bool IsTable => (Value & TableFlag) != 0;

    /// <summary>Bits that are used up, those of the code and those that add to the length.</summary>
    public int Bits => (int)Value & 63;

    public int LiteralCount => (int)((uint)Value >> 6) & 3;

    /// <summary>Three bytes, the first one lowest, and one of no meaning.</summary>
    public uint Literals => (uint)Value >> 8;

    /// <summary>The least length of the match; 0 = none.</summary>
    public int Length => (int)(Value >> 32) & 0x1FF;

    /// <summary>Bits of codes; those behind them, up to <see cref="Bits"/>, add to the length.</summary>
    public int CodeBits => (int)(Value >> 41) & 31;

    /// <summary>Where the further table begins.</summary>
    public int TableStart => (int)(Value >> 32) & 0xFFFF;

    /// <summary>Log2 of its entries.</summary>
    public int TableBits => (int)Value & 63;

    public static SymbolEntry Literal(int literal, int bits) => new((uint)bits | (1UL << 6) | ((ulong)literal << 8) | ((ulong)bits << 41));

    public static SymbolEntry Match(int length, int extraBits, int bits) => new((uint)(bits + extraBits) | ((ulong)length << 32) | ((ulong)bits << 41));

    public static SymbolEntry End(int bits) => new(SpecialFlag | EndFlag | (uint)bits);

    public static SymbolEntry NoCode(int bits) => new(SpecialFlag | (uint)bits);

    public static SymbolEntry Table(int start, int bits) => new(SpecialFlag | TableFlag | ((ulong)start << 32) | (uint)bits);

    /// <summary>This one, of literals only, and the next one behind it.</summary>
    public SymbolEntry Then(SymbolEntry next) => new(Value + (next.Value & ~LiteralMask) + ((next.Value & LiteralMask) << (8 * LiteralCount)));
}
