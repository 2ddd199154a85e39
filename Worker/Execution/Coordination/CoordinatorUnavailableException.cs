using CloudSweep.Core.Domain;

namespace CloudSweep.Worker.Execution.Coordination;

/// <summary>The Coordinator did not answer in time; trying again later may help.</summary>
internal sealed class CoordinatorUnavailableException(string message, Exception? inner = null) : CloudSweepException(message, inner);
