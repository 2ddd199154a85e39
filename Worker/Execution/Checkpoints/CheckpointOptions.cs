namespace CloudSweep.Worker.Execution.Checkpoints;

/// <summary>Where checkpoints go and how often.</summary>
public sealed class CheckpointOptions
{
    public const string SectionName = "Checkpoints";

    /// <summary>An absolute folder, made when missing, for its owner only; or <c>gs://bucket/prefix</c>. The same for the Coordinator and its Workers. Required.</summary>
    public string Location { get; init; } = "";

    /// <summary>Training time between two checkpoints of a job, 1 s to 1 day. Default: 30 s.</summary>
    /// <remarks>What a killed Worker loses at most.</remarks>
    public TimeSpan Interval { get; init; } = TimeSpan.FromSeconds(30);
}
