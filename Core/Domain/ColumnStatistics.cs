namespace CloudSweep.Core.Domain;

/// <summary>What a pass learned of one feature column, over training rows. Merged in shard order (Chan et al. 1979).</summary>
/// <param name="Count">Training rows with a value.</param>
/// <param name="Mean">Mean of the values.</param>
/// <param name="M2">Sum of squared differences from the mean.</param>
/// <param name="Min">Smallest value; +∞ when there is none.</param>
/// <param name="Max">Largest value; −∞ when there is none.</param>
public readonly record struct ColumnStatistics(long Count, double Mean, double M2, double Min, double Max);
