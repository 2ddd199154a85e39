using CloudSweep.Core.Verdicts;

namespace CloudSweep.Coordinator.Application;

/// <summary>Everything that people ask about a sweep.</summary>
internal sealed record SweepDescription(SweepStatus Status, IReadOnlyList<ScoredTrial> Trials, SweepAnswer Answer, IReadOnlyList<string> Remarks, IReadOnlyList<string> Classes);
