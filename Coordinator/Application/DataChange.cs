using CloudSweep.Core.Domain;

namespace CloudSweep.Coordinator.Application;

/// <summary>How data differs from that of an earlier sweep of the same file.</summary>
/// <param name="Since">The newest earlier sweep.</param>
/// <param name="Difference">For people: which shards.</param>
internal sealed record DataChange(SweepId Since, string Difference);
