namespace CloudSweep.Core.Domain;

/// <summary>
/// Random bits as a pure function of (seed, purpose, epoch, index), so that no number depends on who draws first.
/// The finalizer of SplitMix64 (Steele, Lea &amp; Flood 2014) applied once per key part.
/// </summary>
public static class KeyedRandom
{
    private const ulong Golden = 0x9E3779B97F4A7C15;

    /// <summary>64 uniform bits.</summary>
    public static ulong Bits(long seed, RandomPurpose purpose, long epoch, long index)
    {
        var state = Mix((ulong)seed + Golden);
        state = Mix(state ^ ((ulong)purpose * Golden));
        state = Mix(state + ((ulong)epoch * Golden));
        return Mix(state ^ Mix((ulong)index + Golden));
    }

    /// <summary>Uniform in [0, 1), a multiple of 2⁻⁵³.</summary>
    public static double UnitInterval(long seed, RandomPurpose purpose, long epoch, long index) =>
        (Bits(seed, purpose, epoch, index) >> 11) * (1.0 / (1UL << 53));

    private static ulong Mix(ulong bits)
    {
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
        return bits ^ (bits >> 31);
    }
}
