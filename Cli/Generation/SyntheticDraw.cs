using CloudSweep.Core.Domain;

namespace CloudSweep.Cli.Generation;

/// <summary>
/// Bell-shaped and uniform numbers of mean 0 and standard deviation 1. Only operations that IEEE 754 rounds correctly are used (no Log, no Cos),
/// so every machine draws the same.
/// </summary>
internal static class SyntheticDraw
{
    // A uniform 16-bit number has mean 65535 / 2 and variance (65536² − 1) / 12.
    private const int FourMeans = 2 * ushort.MaxValue;
    private const double PerDeviation = 1 / 37837.22;
    private const double SqrtThree = 1.7320508075688772;

    /// <summary>The sum of four uniform numbers (Irwin–Hall), standardized: close to normal, within ±3.47.</summary>
    public static double Bell(long seed, RandomPurpose purpose, long epoch, long index)
    {
        var bits = KeyedRandom.Bits(seed, purpose, epoch, index);
        var sum = (int)(bits & 0xFFFF) + (int)((bits >> 16) & 0xFFFF) + (int)((bits >> 32) & 0xFFFF) + (int)(bits >> 48);
        return (sum - FourMeans) * PerDeviation;
    }

    /// <summary>Uniform within ±√3.</summary>
    public static double Uniform(long seed, RandomPurpose purpose, long epoch, long index) =>
        ((2 * KeyedRandom.UnitInterval(seed, purpose, epoch, index)) - 1) * SqrtThree;
}
