namespace CloudSweep.Core.Domain;

/// <summary>What a pass learned of one feature column, over training rows. Merged in shard order (Chan et al. 1979).</summary>
/// <param name="Count">Training rows with a value.</param>
/// <param name="Mean">Mean of the values.</param>
/// <param name="M2">Sum of squared differences from the mean.</param>
/// <param name="Min">Smallest value; +∞ when there is none.</param>
/// <param name="Max">Largest value; −∞ when there is none.</param>
public readonly record struct ColumnStatistics(long Count, double Mean, double M2, double Min, double Max)
{
    /// <summary>Statistics of the values of both, this one's first.</summary>
    public ColumnStatistics Plus(ColumnStatistics next)
    {
        if (Count == 0 || next.Count == 0)
        {
            return Count == 0 ? next : this;
        }

        var count = Count + next.Count;
        var delta = next.Mean - Mean;
        var mean = Mean + (delta * next.Count / count);
        var m2 = M2 + next.M2 + (delta * delta * ((double)Count * next.Count / count));
        return new ColumnStatistics(count, mean, m2, Math.Min(Min, next.Min), Math.Max(Max, next.Max));
    }
}
