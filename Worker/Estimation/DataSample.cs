namespace CloudSweep.Worker.Estimation;

/// <summary>What the beginning of a data set shows.</summary>
/// <param name="Rows">Rows that were looked at, ≥ 1.</param>
/// <param name="StoredBytes">Stored bytes that they take, ≥ 1.</param>
/// <param name="IsWhole">Whether the shard has no more rows.</param>
/// <param name="Features">Model features that the columns become, ≥ 1, going by these rows.</param>
/// <param name="Classes">Distinct labels among the rows; 0 when the label is a number.</param>
/// <param name="RowsPerSecond">Speed at which their text was parsed.</param>
public sealed record DataSample(long Rows, long StoredBytes, bool IsWhole, int Features, int Classes, double RowsPerSecond);
