namespace CloudSweep.Core.Planning.Packing;

/// <summary>Trials, packed.</summary>
/// <param name="Jobs">Trial numbers of each job; every trial is in exactly one.</param>
/// <param name="By">What decided about the largest job.</param>
public sealed record PackedJobs(IReadOnlyList<IReadOnlyList<int>> Jobs, PackedBy By);
