namespace CloudSweep.Cli.Running;

/// <summary>The sweep that a run is about.</summary>
/// <param name="Id">Its id.</param>
/// <param name="IsFinished">It was finished before, so there is nothing to train.</param>
internal sealed record SubmittedRun(string Id, bool IsFinished);
