using CloudSweep.Core.Domain;

namespace CloudSweep.Core.Verdicts;

/// <summary>The trial to take, and why.</summary>
/// <param name="AtEdge">The rate is at an end of its grid: a better one may lie outside.</param>
public sealed record Recommendation(Trial Trial, string Reason, bool AtEdge);
