using CloudSweep.Core.Domain;
using CloudSweep.Core.Pruning;
using CloudSweep.Core.Verdicts;
using CloudSweep.Worker.Training;

namespace CloudSweep.Benchmarks.Regret;

/// <summary>One round of a sweep's trials as one job: it keeps what they measure, counts rows, and decides at rungs as the Coordinator does.</summary>
/// <param name="trials">Of one combination.</param>
/// <param name="objective">What they are ranked by.</param>
/// <param name="pruning">Null = none.</param>
/// <param name="decided">What earlier rounds decided, by the step of the rung; what this one decides is added.</param>
internal sealed class SweepRound(IReadOnlyList<Trial> trials, Objective objective, PruningSpec? pruning, Dictionary<long, List<RungEntry>> decided) : ITrainingObserver
{
    private readonly Dictionary<int, Trial> _trials = trials.ToDictionary(trial => trial.Number);
    private readonly Dictionary<int, TrialOutcome> _outcomes = [];
    private readonly HashSet<int> _undecided = [.. trials.Select(trial => trial.Number)];
    private readonly HashSet<int> _open = [.. trials.Select(trial => trial.Number)];
    private readonly List<Measurement> _measurements = [];
    private readonly List<Measurement.Rung> _atRung = [];
    private long _trainedRows;
    private long _evaluatedRows;

    /// <summary>Rows summed over lanes, trained and evaluated.</summary>
    public long LaneRows => _trainedRows + _evaluatedRows;

    public IReadOnlySet<int> OpenTrials => _open;

    public IEnumerable<TrialResult> Results()
    {
        var measured = _measurements.ToLookup(measurement => measurement.Trial);
        return trials.Select(trial => new TrialResult(
            trial, _outcomes[trial.Number].State, _outcomes[trial.Number].Reason, _outcomes[trial.Number].Step, [.. measured[trial.Number]]));
    }

    public void Measured(Measurement measurement)
    {
        // At an epoch's end a rung has the values of the evaluation that was just told.
        var isAgain = measurement is Measurement.Rung && _measurements.Exists(other => other is Measurement.Evaluation && (other.Trial, other.Step) == (measurement.Trial, measurement.Step));
        _evaluatedRows += measurement switch
        {
            Measurement.Evaluation evaluation => evaluation.Rows,
            Measurement.Rung rung when !isAgain => rung.Rows,
            _ => 0,
        };
        _measurements.Add(measurement);
        if (measurement is Measurement.Rung reached)
        {
            _atRung.Add(reached);
        }
    }

    public void SaveModel(int trial, long step, Action<Stream> write)
    {
    }

    public void Ended(TrialOutcome outcome) => _outcomes.Add(outcome.Trial, outcome);

    public void AwaitDecision(long position, long laneRows)
    {
        var step = _atRung[0].Step;
        var earlier = decided.TryGetValue(step, out var known) ? known : decided[step] = [];
        var candidates = _atRung.Select(rung => RungCandidate.Of(RateOf(rung.Trial), [rung.Trial], objective.Metric, [rung], hasDiverged: false))
            .Concat(_outcomes.Values.Where(outcome => outcome.State == TrialState.Diverged && _undecided.Contains(outcome.Trial))
                .Select(outcome => RungCandidate.Of(RateOf(outcome.Trial), [outcome.Trial], objective.Metric, [], hasDiverged: true)))
            .ToArray();
        var (entries, _) = HalvingRule.Decide((PruningSpec.SuccessiveHalving)pruning!, objective.Goal, [.. earlier], candidates);
        earlier.AddRange(entries);
        foreach (var trial in entries.Where(entry => !entry.GoesOn()).SelectMany(entry => entry.Trials))
        {
            _undecided.Remove(trial);
            _open.Remove(trial);
            _outcomes.TryAdd(trial, new TrialOutcome(trial, TrialState.Pruned, step, "pruned"));
        }

        _atRung.Clear();
    }

    public TrainingDirective AtTurnEnd(long position, long laneRows)
    {
        _trainedRows = laneRows;
        return TrainingDirective.Continue;
    }

    public void AtEnd(long position, long laneRows) => _trainedRows = laneRows;

    public void SaveCheckpoint(long position, Action<Stream> write)
    {
    }

    private double RateOf(int trial) => _trials[trial].Parameters.LearningRate;
}
