using CloudSweep.Core.Domain;
using CloudSweep.Core.Ranking;

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

    /// <summary>Round of trials that it belongs to: 1 = the sweep file's, 2, … = added later.</summary>
    public int Round { get; init; } = 1;

    /// <summary>Completed optimizer steps as last reported.</summary>
    public long Step { get; init; }

    /// <summary>Value of the objective at <see cref="ScoreStep"/>, finite; null when it has none. Kept with the trial, so that where a sweep stands can be told without its measurements.</summary>
    public double? Score { get; init; }

    /// <summary>Step of the evaluation that <see cref="Score"/> is of, or of the last one looked at; 0 before the first.</summary>
    public long ScoreStep { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }

    /// <summary>The same trial after a new evaluation, by the rule of <see cref="TrialScore.Of"/>.</summary>
    public TrialRecord Scored(Measurement.Evaluation evaluation, Objective objective)
    {
        ArgumentNullException.ThrowIfNull(evaluation);
        ArgumentNullException.ThrowIfNull(objective);
        var value = TrialScore.Of([evaluation], objective, TrialState.Running)?.Value;
        var sign = objective.Goal == ObjectiveGoal.Minimize ? 1 : -1;
        var counts = objective.Use == ScoreUse.Final ? evaluation.Step >= ScoreStep : value is not null && (Score is null || sign * value < sign * Score);
        return counts ? this with { Score = value, ScoreStep = evaluation.Step } : this;
    }

    /// <summary>The same trial in its next state.</summary>
    /// <exception cref="InvalidOperationException">The state can't follow (docs/state-machines.md).</exception>
    public TrialRecord To(TrialState next) => TrialStates.Successors(State).Contains(next)
        ? this with { State = next }
        : throw new InvalidOperationException($"Trial {Sweep}/{Number} can't go from {State} to {next}.");
}
