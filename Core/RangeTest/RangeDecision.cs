namespace CloudSweep.Core.RangeTest;

/// <summary>What was decided about the rates of one combination; stored, and never made again.</summary>
/// <param name="Ramp">Number of the combination's first ramp.</param>
/// <param name="Finding">What the ramps that had come to their end by then told.</param>
/// <param name="Used">Numbers of those ramps; one that is retried later is none of them.</param>
public sealed record RangeDecision(int Ramp, RangeFinding Finding, IReadOnlyList<int> Used);
