using CloudSweep.Core.Domain;

namespace CloudSweep.Core.Planning.Search;

/// <summary>A round of trials that a sweep adds to itself.</summary>
/// <param name="Kind">Why.</param>
/// <param name="Trials">At least one, numbered on.</param>
public sealed record PlannedRound(RoundKind Kind, IReadOnlyList<Trial> Trials);
