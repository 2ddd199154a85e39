namespace CloudSweep.Core.Domain;

/// <summary>What the profile pass learned of a label that is a number.</summary>
/// <param name="Train">Over training rows; gives the mean and deviation by which labels are standardized.</param>
/// <param name="Validation">Over validation rows.</param>
/// <param name="Median">Of a uniform sample of at most 1,024 training labels; exact when there are no more.</param>
/// <param name="MeanAbsoluteDeviation">Mean distance of that sample from its median.</param>
public sealed record TargetStatistics(ColumnStatistics Train, ColumnStatistics Validation, double Median, double MeanAbsoluteDeviation)
{
    /// <summary>Deviation of the training labels (of the population, n and not n − 1), &gt; 0.</summary>
    public double Deviation() => Math.Sqrt(Train.M2 / Train.Count);
}
