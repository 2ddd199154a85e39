using System.Collections.Immutable;
using CloudSweep.Core.Domain;
using CloudSweep.Core.Ports.Store;
using CloudSweep.Core.Pruning;

namespace CloudSweep.Core.InMemory;

/// <summary>Everything about one sweep at one moment.</summary>
internal sealed record SweepSnapshot(SweepRecord Record)
{
    public ImmutableSortedDictionary<int, TrialRecord> Trials { get; init; } = ImmutableSortedDictionary<int, TrialRecord>.Empty;

    public ImmutableSortedDictionary<int, JobRecord> Jobs { get; init; } = ImmutableSortedDictionary<int, JobRecord>.Empty;

    public ImmutableSortedDictionary<MeasurementKey, Measurement> Measurements { get; init; } = ImmutableSortedDictionary<MeasurementKey, Measurement>.Empty;

    public ImmutableSortedDictionary<int, RungDecision> RungDecisions { get; init; } = ImmutableSortedDictionary<int, RungDecision>.Empty;

    public ImmutableSortedDictionary<string, string> ShardProfiles { get; init; } = ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);

    public ImmutableSortedDictionary<(int Job, long Token), AttemptRecord> Attempts { get; init; } = ImmutableSortedDictionary<(int, long), AttemptRecord>.Empty;

    public ImmutableDictionary<string, CheckpointRecord> Checkpoints { get; init; } = ImmutableDictionary<string, CheckpointRecord>.Empty;

    public ImmutableList<string> Remarks { get; init; } = [];
}
