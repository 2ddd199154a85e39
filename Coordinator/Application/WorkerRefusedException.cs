using CloudSweep.Core.Domain;

namespace CloudSweep.Coordinator.Application;

/// <summary>A Worker gets no jobs as it is set up.</summary>
internal sealed class WorkerRefusedException(string message) : CloudSweepException(message);
