using CloudSweep.Core.Domain;

namespace CloudSweep.Coordinator.Application;

/// <summary>What a Worker shows to prove that it holds a job.</summary>
internal sealed record LeaseClaim(JobId Job, string LeaseId, long FencingToken);
