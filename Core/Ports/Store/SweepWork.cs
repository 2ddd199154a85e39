using CloudSweep.Core.Domain;

namespace CloudSweep.Core.Ports.Store;

/// <summary>How much of an open sweep is being worked on, and how much waits.</summary>
/// <param name="Sweep">The sweep.</param>
/// <param name="State">Its state.</param>
/// <param name="IsExpanded">As <see cref="SweepRecord.IsExpanded"/>.</param>
/// <param name="SpecJson">As <see cref="SweepRecord.SpecJson"/>.</param>
/// <param name="LeasedJobs">Jobs in Workers' hands.</param>
/// <param name="EligibleJobs">Queued jobs whose time has come.</param>
public sealed record SweepWork(SweepId Sweep, SweepState State, bool IsExpanded, string SpecJson, int LeasedJobs, int EligibleJobs);
