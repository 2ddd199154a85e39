using CloudSweep.Core.Domain;

namespace CloudSweep.Core.Ports.Store;

/// <summary>A stored trial.</summary>
public sealed record TrialRecord
{
    public required SweepId Sweep { get; init; }

    /// <summary>1, 2, … within the sweep.</summary>
    public required int Number { get; init; }

    public required TrialParameters Parameters { get; init; }

    public TrialState State { get; init; } = TrialState.Pending;

    /// <summary>For people; empty when there is nothing to say.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Number of the job that trains it; 0 before it is packed.</summary>
    public int Job { get; init; }

    /// <summary>Try of the trial, from 1.</summary>
    public int Try { get; init; } = 1;

    /// <summary>Completed optimizer steps as last reported.</summary>
    public long Step { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>The same trial in its next state.</summary>
    /// <exception cref="InvalidOperationException">The state can't follow (docs/state-machines.md).</exception>
    public TrialRecord To(TrialState next) => TrialStates.Successors(State).Contains(next)
        ? this with { State = next }
        : throw new InvalidOperationException($"Trial {Sweep}/{Number} can't go from {State} to {next}.");
}
