namespace CloudSweep.Cli.Estimation;

/// <summary>The fewest and the most of something.</summary>
internal readonly record struct CountSpan(long Least, long Most);
