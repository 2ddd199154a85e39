using CloudSweep.Core.Domain;

namespace CloudSweep.Core.Ports.Store;

/// <summary>A stored sweep.</summary>
public sealed record SweepRecord
{
    public required SweepId Id { get; init; }

    /// <summary>The submitter that it belongs to; empty for a local caller, who needs no credentials.</summary>
    public string Owner { get; init; } = "";

    /// <summary>Request id of the submission, with its owner; unique.</summary>
    public required string RequestId { get; init; }

    /// <summary>SHA-256 of owner, spec and shard table, hexadecimal: what makes two sweeps the same.</summary>
    public required string Identity { get; init; }

    public required string Name { get; init; }

    /// <summary>Canonical JSON of the <see cref="SweepSpec"/>.</summary>
    public required string SpecJson { get; init; }

    /// <summary>Canonical JSON of the <see cref="ShardTable"/>.</summary>
    public required string ShardTableJson { get; init; }

    public required SweepState State { get; init; }

    /// <summary>Why it failed, was paused or cancelled; empty otherwise.</summary>
    public string Reason { get; init; } = "";

    /// <summary>It failed because its file or data breaks rules, not because something else went wrong.</summary>
    public bool IsInputAtFault { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>A person stopped it: trials that had not begun were cancelled, and no round follows.</summary>
    public bool IsStopped { get; init; }

    /// <summary>Rounds of trials: the file's, and one for every time that trials were added.</summary>
    public int Rounds { get; init; } = 1;

    /// <summary>Rounds that the sweep added to itself beyond the edges of its rates.</summary>
    public int EdgeRounds { get; init; }

    /// <summary>Rounds that the sweep added to itself around its best rates.</summary>
    public int Refinements { get; init; }

    /// <summary>Canonical JSON of the list of <see cref="RangeTest.RangeDecision"/>s; null before the first.</summary>
    public string? RangesJson { get; init; }

    /// <summary>Number of trials of the complete expansion, and of those added later.</summary>
    public required int TrialCount { get; init; }

    /// <summary>Trials are all stored; nothing is granted before.</summary>
    public bool IsExpanded { get; init; }

    /// <summary>Number of shards in the table.</summary>
    public required int ShardCount { get; init; }

    /// <summary>Canonical JSON of the merged <see cref="DataProfile"/>; null before the profile stage ends.</summary>
    public string? ProfileJson { get; init; }

    /// <summary>SHA-256 of <see cref="ProfileJson"/>, hexadecimal.</summary>
    public string? ProfileHash { get; init; }

    /// <summary>Jobs that are not finished.</summary>
    public int OpenJobs { get; init; }

    /// <summary>Jobs ever made; the next has this number plus one.</summary>
    public int JobCount { get; init; }

    /// <summary>Training rows of an epoch; 0 before the profile stage ends.</summary>
    public long TrainRows { get; init; }

    /// <summary>Version and kernel path that the first grant fixed, e.g. <c>1/avx2</c>; null before.</summary>
    public string? Numerics { get; init; }

    /// <summary>Raised by every update, from 1.</summary>
    public long Revision { get; init; } = 1;

    /// <summary>The same sweep in its next state.</summary>
    /// <exception cref="InvalidOperationException">The state can't follow (docs/state-machines.md).</exception>
    public SweepRecord To(SweepState next) => SweepStates.Successors(State).Contains(next)
        ? this with { State = next }
        : throw new InvalidOperationException($"Sweep {Id} can't go from {State} to {next}.");
}
