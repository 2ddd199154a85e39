using CloudSweep.Core.Domain;

namespace CloudSweep.Coordinator.Application;

/// <summary>What a Worker tells of its attempt.</summary>
/// <param name="Claim">Proof of the lease.</param>
/// <param name="Measurements">New ones; repeats do no harm.</param>
/// <param name="Outcomes">Trials that ended.</param>
/// <param name="ShardProfiles">Canonical JSON by shard key.</param>
/// <param name="Checkpoint">Uploaded before; null = none.</param>
/// <param name="Models">Of trials among <paramref name="Outcomes"/>, uploaded before.</param>
/// <param name="Counters">Totals of the attempt; null = unchanged.</param>
/// <param name="Position">Training rows that every open trial has read, over all epochs.</param>
internal sealed record ProgressReport(
    LeaseClaim Claim,
    IReadOnlyList<Measurement> Measurements,
    IReadOnlyList<TrialOutcome> Outcomes,
    IReadOnlyDictionary<string, string> ShardProfiles,
    ReportedCheckpoint? Checkpoint,
    IReadOnlyList<ReportedModel> Models,
    ReportedCounters? Counters,
    long Position);
