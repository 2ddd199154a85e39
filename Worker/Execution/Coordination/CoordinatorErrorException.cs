using CloudSweep.Core.Domain;

namespace CloudSweep.Worker.Execution.Coordination;

/// <summary>The Coordinator refused a call or answered nonsense; repeating the call is no use.</summary>
internal sealed class CoordinatorErrorException(string message, Exception? inner = null) : CloudSweepException(message, inner);
