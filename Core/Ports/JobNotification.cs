using CloudSweep.Core.Domain;

namespace CloudSweep.Core.Ports;

/// <summary>"There may be work": what the queue carries. The job is a hint; the Coordinator grants any eligible job.</summary>
/// <param name="Job">The job that was ready when this was sent.</param>
public sealed record JobNotification(JobId Job);
