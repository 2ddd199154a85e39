using CloudSweep.Core.Domain;
using CloudSweep.Core.Verdicts;

namespace CloudSweep.Coordinator.Application;

/// <summary>Everything that people ask about a sweep.</summary>
/// <param name="Profile">What was read; null before it is known.</param>
/// <param name="Pruning">Null where nothing is pruned.</param>
/// <param name="Ranges">What range tests found; none where rates are given.</param>
internal sealed record SweepDescription(
    SweepStatus Status,
    DataProfile? Profile,
    IReadOnlyList<ScoredTrial> Trials,
    SweepAnswer Answer,
    IReadOnlyList<string> Remarks,
    SweepPruning? Pruning,
    IReadOnlyList<RangeReport> Ranges);
