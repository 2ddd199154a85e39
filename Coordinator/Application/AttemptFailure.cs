namespace CloudSweep.Coordinator.Application;

/// <summary>Why an attempt ended without finishing its job.</summary>
/// <param name="Message">Safe to show.</param>
/// <param name="IsPermanent">Another attempt can't help.</param>
internal sealed record AttemptFailure(string Message, bool IsPermanent, bool IsDataChanged = false);
