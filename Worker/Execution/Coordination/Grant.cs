using CloudSweep.Core.Domain;

namespace CloudSweep.Worker.Execution.Coordination;

/// <summary>One attempt at a job, with everything needed to run it.</summary>
/// <param name="Lease">The right to it.</param>
/// <param name="Attempt">From 1; counts attempts at this job.</param>
/// <param name="LeaseDuration">Time the lease lasts from the grant on.</param>
/// <param name="Spec">The sweep file, normalized.</param>
/// <param name="Shards">The data set.</param>
/// <param name="KernelPath">Kernel path that the sweep pinned; empty before the first training job.</param>
/// <param name="Work">What to do.</param>
internal sealed record Grant(LeaseKey Lease, int Attempt, TimeSpan LeaseDuration, SweepSpec Spec, ShardTable Shards, string KernelPath, GrantedWork Work);
