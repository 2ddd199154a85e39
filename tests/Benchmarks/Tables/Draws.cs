using CloudSweep.Core.Domain;

namespace CloudSweep.Benchmarks.Tables;

/// <summary>Random numbers one after the other, all of them decided by the seed.</summary>
internal sealed class Draws(long seed)
{
    private long _index;

    public double Uniform(double low, double high) => low + ((high - low) * KeyedRandom.UnitInterval(seed, RandomPurpose.SyntheticFeature, 0, _index++));

    /// <summary>From <paramref name="low"/> to <paramref name="high"/>, both included.</summary>
    public int Whole(int low, int high) => Math.Min(high, (int)Uniform(low, high + 1));

    /// <summary>Mean 0, deviation 1 (Box and Muller 1958).</summary>
    public double Normal() => Math.Sqrt(-2 * Math.Log(1 - Uniform(0, 1))) * Math.Cos(2 * Math.PI * Uniform(0, 1));

    public double[] Normals(int count) => [.. Enumerable.Range(0, count).Select(_ => Normal())];
}
