using CloudSweep.Core.Domain;

namespace CloudSweep.Core.Ports.Store;

/// <summary>A stored job.</summary>
public sealed record JobRecord
{
    public required JobId Id { get; init; }

    public required JobKind Kind { get; init; }

    public JobState State { get; init; } = JobState.Queued;

    /// <summary>Shards of a profile job; empty for training.</summary>
    public IReadOnlyList<string> ShardKeys { get; init; } = [];

    /// <summary>Trial whose model a test job scores; null for other jobs.</summary>
    public int? Trial { get; init; }

    /// <summary>Grants so far.</summary>
    public int Attempt { get; init; }

    /// <summary>Token of the latest grant; 0 before the first. Also raised by a reap, so that the former holder's writes are refused.</summary>
    public long FencingToken { get; init; }

    /// <summary>128 random bits of the current lease, hexadecimal; null when not leased.</summary>
    public string? LeaseId { get; init; }

    /// <summary>Holder of the current lease.</summary>
    public string? Worker { get; init; }

    /// <summary>Acquire request that the current lease was granted to.</summary>
    public string? AcquireRequestId { get; init; }

    public DateTimeOffset? LeaseExpiresAt { get; init; }

    /// <summary>Not granted and not notified before.</summary>
    public required DateTimeOffset EligibleAt { get; init; }

    /// <summary>When it was last claimed for a notification; null when it never was since it was queued.</summary>
    public DateTimeOffset? NotifiedAt { get; init; }

    /// <summary>Notifications since it was queued.</summary>
    public int Notifications { get; init; }

    /// <summary>Consecutive attempts that ended without progress.</summary>
    public int AttemptsWithoutProgress { get; init; }

    /// <summary>Whether the current attempt reported a measurement, outcome, shard profile or checkpoint that was new.</summary>
    public bool HasProgressed { get; init; }

    /// <summary>Token that finished it; 0 while open. A repeat with this token is answered again.</summary>
    public long FinishedToken { get; init; }

    /// <summary>The same job in its next state.</summary>
    /// <exception cref="InvalidOperationException">The state can't follow (docs/state-machines.md).</exception>
    public JobRecord To(JobState next) => JobStates.Successors(State).Contains(next)
        ? this with { State = next }
        : throw new InvalidOperationException($"Job {Id} can't go from {State} to {next}.");
}
