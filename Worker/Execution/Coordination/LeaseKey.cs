using CloudSweep.Core.Domain;

namespace CloudSweep.Worker.Execution.Coordination;

/// <summary>The right to a job; every write about the job carries it.</summary>
/// <param name="Job">The leased job.</param>
/// <param name="LeaseId">128 random bits, hexadecimal.</param>
/// <param name="FencingToken">Strictly increasing per job; an older one is refused.</param>
internal sealed record LeaseKey(JobId Job, string LeaseId, long FencingToken);
