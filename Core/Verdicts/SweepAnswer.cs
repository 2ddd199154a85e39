using CloudSweep.Core.Ranking;

namespace CloudSweep.Core.Verdicts;

/// <summary>What a sweep found so far.</summary>
/// <param name="Best">The configuration with the best mean among those of which every repeat completed; null when there is none.</param>
/// <param name="Recommended">Null when nothing can be recommended; then <paramref name="Advice"/> says what to do.</param>
/// <param name="Advice">What to do when nothing is recommended, in plain sentences; empty otherwise.</param>
/// <param name="Tied">Trials of the configurations that are tied with the best rate of the best's combination, ascending; empty when that learned nothing.</param>
/// <param name="Baseline">Metric of the best constant predictor, natural sign; NaN before the profile is known.</param>
public sealed record SweepAnswer(
    ConfigurationScore? Best,
    Recommendation? Recommended,
    string Advice,
    IReadOnlyList<int> Tied,
    IReadOnlyList<StableRange> StableRanges,
    IReadOnlyList<RateVerdict> Verdicts,
    double Baseline)
{
    /// <summary>What each combination allows to say, by the number of its first trial.</summary>
    public IReadOnlyList<CombinationFinding> Findings { get; init; } = [];
}
