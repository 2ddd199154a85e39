using CloudSweep.Core.Domain;

namespace CloudSweep.Core.Verdicts;

/// <summary>What a sweep found so far.</summary>
/// <param name="Best">Null when no trial has a score.</param>
/// <param name="Tied">Trials tied with the best.</param>
/// <param name="Baseline">Metric of the best constant predictor, natural sign; NaN before the profile is known.</param>
public sealed record SweepAnswer(
    Trial? Best,
    Recommendation? Recommended,
    IReadOnlyList<int> Tied,
    IReadOnlyList<StableRange> StableRanges,
    IReadOnlyList<RateVerdict> Verdicts,
    double Baseline);
