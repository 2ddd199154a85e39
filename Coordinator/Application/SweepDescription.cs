using CloudSweep.Core.Domain;
using CloudSweep.Core.Verdicts;

namespace CloudSweep.Coordinator.Application;

/// <summary>Everything that people ask about a sweep.</summary>
internal sealed record SweepDescription(SweepStatus Status, IReadOnlyList<ScoredTrial> Trials, SweepAnswer Answer, IReadOnlyList<string> Remarks)
{
    /// <summary>Rows that were left out; null before the data is profiled.</summary>
    public BadRows? BadRows { get; init; }
}
