namespace CloudSweep.Cli.Diagnosis;

/// <summary>What a Coordinator told of itself.</summary>
/// <param name="Version">Of its program.</param>
/// <param name="Ahead">How far its clock is ahead of this machine's; negative when it is behind.</param>
internal sealed record CoordinatorSighting(string Version, TimeSpan Ahead);
