using CloudSweep.Core.Ranking;

namespace CloudSweep.Core.Verdicts;

/// <summary>The configuration to take, and why.</summary>
/// <param name="AtEdge">The rate is at an end of its grid: a better one may lie outside.</param>
public sealed record Recommendation(ConfigurationScore Configuration, string Reason, bool AtEdge);
