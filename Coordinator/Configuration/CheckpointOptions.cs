namespace CloudSweep.Coordinator.Configuration;

/// <summary>Where Workers keep checkpoints and models, which the Coordinator reads and deletes.</summary>
public sealed class CheckpointOptions
{
    public const string SectionName = "Checkpoints";

    /// <summary>An absolute folder or <c>gs://bucket/prefix</c>, the same for the Coordinator and its Workers. Required.</summary>
    public string Location { get; init; } = "";
}
