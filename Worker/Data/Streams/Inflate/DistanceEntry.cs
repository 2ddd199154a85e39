namespace CloudSweep.Worker.Data.Streams.Inflate;

/// <summary>What the next bits mean: a distance, or something special: a further table, or bits that are no code.</summary>
/// <param name="Value">Bits 0-4: bits that are used up, 5-8: bits of the code, 9-23: least distance, 30: further table, 31: special.</param>
internal readonly record struct DistanceEntry(uint Value)
{
    private const uint SpecialFlag = 1u << 31;
    private const uint TableFlag = 1u << 30;

    public bool IsSpecial => (int)Value < 0;

    public bool IsTable => (Value & TableFlag) != 0;

    /// <summary>Bits that are used up, those of the code and those that add to the distance.</summary>
    public int Bits => (int)Value & 31;

    /// <summary>Bits of the code; those behind them, up to <see cref="Bits"/>, add to the distance.</summary>
    public int CodeBits => (int)(Value >> 5) & 15;

    public int Least => (int)(Value >> 9) & 0x7FFF;

    /// <summary>Where the further table begins.</summary>
    public int TableStart => (int)(Value >> 9) & 0x7FFF;

    /// <summary>Log2 of its entries.</summary>
    public int TableBits => (int)Value & 31;

    public static DistanceEntry Distance(int least, int extraBits, int bits) => new((uint)(bits + extraBits) | ((uint)bits << 5) | ((uint)least << 9));

    public static DistanceEntry NoCode(int bits) => new(SpecialFlag | (uint)bits);

    public static DistanceEntry Table(int start, int bits) => new(SpecialFlag | TableFlag | ((uint)start << 9) | (uint)bits);
}
