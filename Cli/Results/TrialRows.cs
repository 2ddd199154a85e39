using CloudSweep.Core.Domain;
using CloudSweep.Core.Planning;
using Trial = CloudSweep.Protos.V1.Trial;
using TrialState = CloudSweep.Protos.V1.TrialState;

namespace CloudSweep.Cli.Results;

/// <summary>How far a trial came, in steps and in training rows.</summary>
/// <param name="StepsPerEpoch">Optimizer steps of a pass over the training rows.</param>
/// <param name="StepsPlanned">Steps to its end; a ramp has few.</param>
/// <param name="Trained">Training rows of the steps that it did; what was repeated after an interruption counts once.</param>
/// <param name="OfFullGrid">Rows that it would have trained without pruning; a trial that ended by itself counts as far as it came.</param>
internal sealed record TrialRows(long StepsPerEpoch, long StepsPlanned, long Trained, long OfFullGrid)
{
    /// <summary>By trial number; empty before the data is known.</summary>
    public static IReadOnlyDictionary<int, TrialRows> Of(SweepResult result) => result.Description.Data is { TrainRows: > 0 and var rows }
        ? result.Description.Trials
            .GroupBy(trial => trial.Parameters.TrainingJson)
            .SelectMany(group => Of(group, StepCount.Of(CanonicalJson.Read<TrainingSpec>(group.Key), rows)))
            .ToDictionary(pair => pair.Trial, pair => pair.Rows)
        : new Dictionary<int, TrialRows>();

    private static IEnumerable<(int Trial, TrialRows Rows)> Of(IEnumerable<Trial> trials, StepCount steps) => trials.Select(trial =>
        (trial.Number, new TrialRows(steps.PerEpoch, Math.Min(steps.Total, trial.Parameters.Ramp?.Steps ?? long.MaxValue), steps.RowsAt(trial.Step), steps.RowsAt(trial.State == TrialState.Pruned ? steps.Total : trial.Step))));
}
