using CloudSweep.Core.Domain;

namespace CloudSweep.Worker.Execution.Coordination;

/// <summary>News of an attempt. Repeating a report changes nothing.</summary>
/// <param name="Measurements">In the order they were made.</param>
/// <param name="Outcomes">Trials that ended.</param>
/// <param name="ShardProfiles">Shards that were profiled.</param>
/// <param name="Models">Of trials among <paramref name="Outcomes"/>, uploaded before, to be kept.</param>
/// <param name="Checkpoint">Uploaded before, to be registered; null = none.</param>
/// <param name="Totals">Totals so far.</param>
/// <param name="Position">Training rows that every open trial has read, over all epochs.</param>
internal sealed record ProgressReport(
    IReadOnlyList<Measurement> Measurements,
    IReadOnlyList<TrialOutcome> Outcomes,
    IReadOnlyList<ShardProfile> ShardProfiles,
    IReadOnlyList<ModelRef> Models,
    CheckpointRef? Checkpoint,
    AttemptTotals Totals,
    long Position);
