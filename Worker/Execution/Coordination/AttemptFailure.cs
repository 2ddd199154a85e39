namespace CloudSweep.Worker.Execution.Coordination;

/// <summary>Why an attempt ended without finishing its job.</summary>
/// <param name="Message">Safe to show.</param>
/// <param name="Permanent">Another attempt can't help.</param>
/// <param name="DataChanged">A shard is not the version that the sweep was made with: the sweep has to wait.</param>
internal sealed record AttemptFailure(string Message, bool Permanent, bool DataChanged = false);
