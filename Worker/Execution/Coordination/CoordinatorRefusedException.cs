using CloudSweep.Core.Domain;

namespace CloudSweep.Worker.Execution.Coordination;

/// <summary>The Coordinator does not accept who this Worker says it is. The same call may work once its token is replaced.</summary>
internal sealed class CoordinatorRefusedException(string message, Exception? inner = null) : CloudSweepException(message, inner);
