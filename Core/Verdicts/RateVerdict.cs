using CloudSweep.Core.Domain;

namespace CloudSweep.Core.Verdicts;

/// <summary>What one rate did within one combination of the other settings.</summary>
/// <param name="Parameters">Of the rate's first repeat.</param>
/// <param name="Mean">Mean score over repeats, natural sign; NaN when none is finite.</param>
/// <param name="Evidence">One sentence for people.</param>
/// <param name="Trials">Trial numbers of its repeats.</param>
/// <param name="IsTied">Not worse than the best by more than the noise.</param>
/// <param name="IsIsolated">Survived above the lowest diverged rate: never recommended.</param>
/// <param name="IsProvisional">Pruned before the end.</param>
public sealed record RateVerdict(
    TrialParameters Parameters,
    VerdictKind Verdict,
    double Mean,
    double StandardError,
    string Evidence,
    IReadOnlyList<int> Trials,
    bool IsTied,
    bool IsIsolated,
    bool IsProvisional);
