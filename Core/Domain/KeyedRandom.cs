using System.Numerics;

namespace CloudSweep.Core.Domain;

/// <summary>
/// Random bits as a pure function of (seed, purpose, epoch, index), so that no number depends on who draws first.
/// The finalizer of SplitMix64 (Steele, Lea &amp; Flood 2014) applied once per key part.
/// </summary>
public static class KeyedRandom
{
    private const ulong Golden = 0x9E3779B97F4A7C15;

    /// <summary>64 uniform bits.</summary>
    public static ulong Bits(long seed, RandomPurpose purpose, long epoch, long index) => Mix(State(seed, purpose, epoch) ^ Mix((ulong)index + Golden));

    /// <summary><see cref="Bits"/> of indexes one after the other.</summary>
    /// <param name="firstIndex">The first of them.</param>
    /// <param name="target">Gets one for each index.</param>
    public static void FillBits(long seed, RandomPurpose purpose, long epoch, long firstIndex, Span<ulong> target)
    {
        var state = State(seed, purpose, epoch);
        var states = new Vector<ulong>(state);
        var indexes = Vector<ulong>.Indices + new Vector<ulong>((ulong)firstIndex + Golden);
        var i = 0;
        for (; i <= target.Length - Vector<ulong>.Count; i += Vector<ulong>.Count)
        {
            Mix(states ^ Mix(indexes)).CopyTo(target[i..]);
            indexes += new Vector<ulong>((ulong)Vector<ulong>.Count);
        }

        for (; i < target.Length; i++)
        {
            target[i] = Mix(state ^ Mix((ulong)(firstIndex + i) + Golden));
        }
    }

    /// <summary>Uniform in [0, 1), a multiple of 2⁻⁵³.</summary>
    public static double UnitInterval(long seed, RandomPurpose purpose, long epoch, long index) =>
        UnitInterval(Bits(seed, purpose, epoch, index));

    /// <summary>Bits as a number in [0, 1), a multiple of 2⁻⁵³.</summary>
    public static double UnitInterval(ulong bits) => (bits >> 11) * (1.0 / (1UL << 53));

    private static ulong State(long seed, RandomPurpose purpose, long epoch)
    {
        var state = Mix((ulong)seed + Golden);
        state = Mix(state ^ ((ulong)purpose * Golden));
        return Mix(state + ((ulong)epoch * Golden));
    }

    private static ulong Mix(ulong bits)
    {
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
        return bits ^ (bits >> 31);
    }

    private static Vector<ulong> Mix(Vector<ulong> bits)
    {
        bits = (bits ^ (bits >>> 30)) * new Vector<ulong>(0xBF58476D1CE4E5B9);
        bits = (bits ^ (bits >>> 27)) * new Vector<ulong>(0x94D049BB133111EB);
        return bits ^ (bits >>> 31);
    }
}
