namespace CloudSweep.Worker.Execution.Coordination;

/// <summary>Why an attempt ended without finishing its job.</summary>
/// <param name="Message">Safe to show.</param>
/// <param name="Permanent">Another attempt can't help.</param>
internal sealed record AttemptFailure(string Message, bool Permanent);
