using CloudSweep.Core.Pruning;

namespace CloudSweep.Coordinator.Application;

/// <summary>What was pruned of a sweep.</summary>
/// <param name="Effect">What it saved, and may have cost.</param>
/// <param name="Decisions">In the order in which they were made.</param>
internal sealed record SweepPruning(PruningEffect Effect, IReadOnlyList<RungDecision> Decisions);
