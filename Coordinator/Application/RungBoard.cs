using CloudSweep.Core.Domain;
using CloudSweep.Core.Ports.Store;
using CloudSweep.Core.Pruning;
using CloudSweep.Core.Verdicts;

namespace CloudSweep.Coordinator.Application;

/// <summary>What is stored of the rungs of the trials of one job, read once for a report; decisions that it leads to are added.</summary>
internal sealed class RungBoard
{
    private readonly IStoreView _view;
    private readonly SweepId _sweep;
    private readonly int _job;
    private readonly Objective _objective;
    private readonly IReadOnlyList<TrialRecord> _trials;
    private readonly List<RungDecision> _decisions;
    private readonly Dictionary<int, Measurement.Rung[]> _measured = [];
    private readonly Dictionary<int, CombinationKey> _keys = [];

    private readonly HashSet<(int Rung, int Trial)> _decided = [];

    // Trials that did not go on, and the rung where that was.
    private readonly Dictionary<int, int> _lost = [];

    public RungBoard(IStoreView view, SweepId sweep, int job, SweepSpec spec)
    {
        (_view, _sweep, _job, _objective) = (view, sweep, job, spec.Objective);

        // Without repeats nothing is needed of other jobs but what was decided about them.
        var trials = spec.Repeats == 1 ? view.ListTrialsOfJob(new JobId(sweep, job)) : view.ListTrials(sweep);
        _trials = [.. trials.Where(trial => trial.Parameters.Ramp is null)];
        _decisions = [.. view.ListRungDecisions(sweep)];
        _decisions.ForEach(Note);
    }

    /// <summary>The trials of each combination that the job has part in, by number; those of other jobs too where they are repeats.</summary>
    public IEnumerable<IReadOnlyList<TrialRecord>> Combinations() =>
        _trials.GroupBy(trial => CombinationKey.Of(trial.Parameters))
            .Where(combination => combination.Any(trial => trial.Job == _job))
            .Select(combination => combination.ToArray());

    /// <summary>
    /// Configurations to decide about now: the job's, not decided about at this rung, of which every repeat that is being trained has measured or ended. None before
    /// all open lanes of the combination in this job have measured the rung: they decide together, in however many reports they come.
    /// What diverged since the rung before is among them.
    /// </summary>
    public IReadOnlyList<RungCandidate> Candidates(IReadOnlyList<TrialRecord> combination, Rung rung)
    {
        var mine = combination.Where(trial => trial.Job == _job).ToArray();
        if (mine.Any(trial => !trial.State.IsFinal() && MeasuredAt(trial, rung) is null))
        {
            return [];
        }

        RungCandidate[] candidates =
        [
            .. combination.GroupBy(trial => (float)trial.Parameters.LearningRate)
                .Where(repeats => repeats.Any(trial => trial.Job == _job) && !repeats.Any(trial => IsSettled(trial.Number, rung)))
                .Where(repeats => repeats.All(trial => !IsBeingTrained(trial) || MeasuredAt(trial, rung) is not null))
                .Select(repeats => CandidateOf([.. repeats], rung))
                .OfType<RungCandidate>(),
        ];
        return candidates.Any(candidate => !candidate.HasDiverged) ? candidates : [];
    }

    /// <summary>What was decided at this rung of this combination, by values of as many rows.</summary>
    public IReadOnlyList<RungEntry> Decided(IReadOnlyList<TrialRecord> combination, Rung rung, long rows)
    {
        var key = CombinationKey.Of(combination[0].Parameters);
        return
        [
            .. _decisions
                .Where(decision => decision.Rung == rung.Number && decision.Step == rung.Step && decision.Rows == rows && KeyOf(decision) == key)
                .SelectMany(decision => decision.Entries),
        ];
    }

    /// <summary>The next decision.</summary>
    public RungDecision Add(Rung rung, long rows, int ranked, IReadOnlyList<RungEntry> entries)
    {
        var decision = new RungDecision(_decisions.Count + 1, _job, rung.Number, rung.Step, rows, ranked, entries);
        _decisions.Add(decision);
        Note(decision);
        return decision;
    }

    private RungCandidate? CandidateOf(TrialRecord[] repeats, Rung rung)
    {
        var hasDiverged = repeats.Any(trial => trial.State == TrialState.Diverged);
        var measured = repeats.Select(trial => MeasuredAt(trial, rung)).OfType<Measurement.Rung>().ToArray();
        return hasDiverged || measured.Length > 0
            ? RungCandidate.Of(repeats[0].Parameters.LearningRate, [.. repeats.Select(trial => trial.Number)], _objective.Metric, measured, hasDiverged)
            : null;
    }

    // A job that waits for a Worker again, after a failure or for want of one, keeps nobody waiting: its repeats follow what is decided, as those that have not begun.
    private bool IsBeingTrained(TrialRecord trial) => trial.State == TrialState.Running && (trial.Job == _job || _view.FindJob(new JobId(_sweep, trial.Job)) is { State: JobState.Leased });

    private bool IsSettled(int trial, Rung rung) => _decided.Contains((rung.Number, trial)) || (_lost.TryGetValue(trial, out var lostAt) && lostAt < rung.Number);

    private void Note(RungDecision decision)
    {
        foreach (var (entry, trial) in decision.Entries.SelectMany(entry => entry.Trials.Select(trial => (entry, trial))))
        {
            _decided.Add((decision.Rung, trial));
            if (!entry.GoesOn())
            {
                _lost.TryAdd(trial, decision.Rung);
            }
        }
    }

    private CombinationKey KeyOf(RungDecision decision)
    {
        var first = decision.FirstTrial();
        return _keys.TryGetValue(first, out var key) ? key : _keys[first] = CombinationKey.Of(_view.FindTrial(_sweep, first)!.Parameters);
    }

    private Measurement.Rung? MeasuredAt(TrialRecord trial, Rung rung)
    {
        if (!_measured.TryGetValue(trial.Number, out var measured))
        {
            measured = [.. TrialMeasurements.Of(_view, trial).OfType<Measurement.Rung>()];
            _measured.Add(trial.Number, measured);
        }

        return Array.Find(measured, measurement => measurement.Step == rung.Step);
    }
}
