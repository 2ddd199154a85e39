using CloudSweep.Core.Domain;
using CloudSweep.Core.Planning;
using CloudSweep.Core.Ports.Store;
using CloudSweep.Core.Pruning;
using CloudSweep.Core.Verdicts;

namespace CloudSweep.Coordinator.Application;

/// <summary>Answers questions about sweeps from one snapshot of the store each.</summary>
internal sealed class SweepReader(ISweepStore store, WorkerPresence workers)
{
    /// <exception cref="SweepNotFoundException">There is no such sweep.</exception>
    public Task<SweepStatus> StatusAsync(SweepId id, CancellationToken cancellationToken) =>
        store.ReadAsync(view => Status(view, Find(view, id)), cancellationToken);

    /// <summary>Whether a sweep is no longer as it was told; cheap to ask.</summary>
    /// <param name="id">The sweep.</param>
    /// <param name="revision">Its revision when it was told.</param>
    /// <param name="waitsForWorker">Whether it waited for a Worker then.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="SweepNotFoundException">There is no such sweep.</exception>
    public Task<bool> IsNewAsync(SweepId id, long revision, bool waitsForWorker, CancellationToken cancellationToken) => store.ReadAsync(
        view => Find(view, id) is var sweep && (sweep.Revision > revision || WaitsForWorker(view, sweep) != waitsForWorker), cancellationToken);

    /// <summary>Newest first.</summary>
    /// <param name="owner">Whose; null = everyone's.</param>
    /// <param name="idPrefix">How their ids begin.</param>
    /// <param name="maxCount">At most so many, the newest.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task<IReadOnlyList<SweepStatus>> ListAsync(string? owner, string idPrefix, int maxCount, CancellationToken cancellationToken) => store.ReadAsync(
        IReadOnlyList<SweepStatus> (view) =>
        [
            .. view.ListSweeps()
                .Where(sweep => (owner is null || sweep.Owner == owner) && sweep.Id.Value.StartsWith(idPrefix, StringComparison.Ordinal))
                .Take(maxCount)
                .Select(sweep => Status(view, sweep)),
        ],
        cancellationToken);

    /// <exception cref="SweepNotFoundException">There is no such sweep.</exception>
    public Task<SweepDescription> DescribeAsync(SweepId id, CancellationToken cancellationToken) =>
        store.ReadAsync(view => Describe(view, Find(view, id)), cancellationToken);

    /// <exception cref="SweepNotFoundException">There is no such sweep.</exception>
    public Task<IReadOnlyList<Measurement>> MeasurementsAsync(SweepId id, CancellationToken cancellationToken) =>
        store.ReadAsync(view => view.ListMeasurements(Find(view, id).Id), cancellationToken);

    /// <exception cref="SweepNotFoundException">There is no such sweep.</exception>
    public static SweepRecord Find(IStoreView view, SweepId id) =>
        view.FindSweep(id) ?? throw new SweepNotFoundException($"There is no sweep '{id}'. List sweeps to see their ids.");

    /// <summary>Reads sums, and of the trials the best one only: it is asked for several times a second.</summary>
    private SweepStatus Status(IStoreView view, SweepRecord sweep)
    {
        var spec = SweepDocuments.SpecOf(sweep);
        var tallies = view.TallyTrials(sweep.Id);
        var best = view.FindBestTrial(sweep.Id, spec.Objective.Goal);
        var profile = sweep.ProfileJson is null ? null : CanonicalJson.Read<DataProfile>(sweep.ProfileJson);
        return new SweepStatus(
            sweep,
            tallies.GroupBy(tally => tally.State).ToDictionary(states => states.Key, states => states.Sum(tally => tally.Trials)),
            tallies.Sum(tally => tally.State.IsFinal() ? StepsOf(sweep, tally) : tally.Steps),
            tallies.Sum(tally => StepsOf(sweep, tally)),
            view.CountShardProfiles(sweep.Id),
            view.SumAttempts(sweep.Id),
            profile is null ? 0 : profile.TrainRows() + profile.ValidationRows() + profile.TestRows(),
            profile is null ? 0 : profile.BadRows.Count,
            best is null ? null : ScoredTrial.Of(best, TrialMeasurements.Of(view, best), spec.Objective),
            RangeStage.HasRangeTest(spec) ? RangeReader.Of(view, sweep, view.ListTrials(sweep.Id), withCurves: false) : [],
            WaitsForWorker(view, sweep));
    }

    private bool WaitsForWorker(IStoreView view, SweepRecord sweep) =>
        sweep.State is SweepState.Preparing or SweepState.Running && workers.NobodyAskedLately && view.ListLeasedJobs().Count == 0;

    private static long StepsOf(SweepRecord sweep, TrialTally tally) => sweep.TrainRows == 0 ? 0 : tally.Trials * StepCount.Of(tally.Training, sweep.TrainRows, tally.RampSteps).Total;

    /// <summary>What the sweep found so far. Ramps are no results.</summary>
    public static SweepAnswer Answer(IStoreView view, SweepRecord sweep)
    {
        var spec = SweepDocuments.SpecOf(sweep);
        var profile = sweep.ProfileJson is null ? null : CanonicalJson.Read<DataProfile>(sweep.ProfileJson);
        var measurementsOf = TrialMeasurements.OfAll(view, sweep.Id);
        var trials = view.ListTrials(sweep.Id);
        var results = trials
            .Where(trial => trial.Parameters.Ramp is null)
            .Select(trial => TrialMeasurements.ResultOf(trial, measurementsOf(trial)))
            .ToArray();
        var answer = SweepAnswerer.Answer(spec, profile, results);
        return results.Length == 0 && trials.Count > 0 ? answer with { Advice = RangeStage.AdviceFor(sweep, trials) } : answer;
    }

    private SweepDescription Describe(IStoreView view, SweepRecord sweep)
    {
        var profile = sweep.ProfileJson is null ? null : CanonicalJson.Read<DataProfile>(sweep.ProfileJson);
        return new SweepDescription(
            Status(view, sweep),
            profile,
            Score(view, sweep),
            Answer(view, sweep),
            [.. profile?.Warnings ?? [], .. BadRowRemarks(profile), .. view.ListRemarks(sweep.Id)],
            PruningOf(view, sweep),
            RangeReader.Of(view, sweep, view.ListTrials(sweep.Id), withCurves: true));
    }

    private static SweepPruning? PruningOf(IStoreView view, SweepRecord sweep)
    {
        if (sweep.TrainRows == 0 || SweepDocuments.SpecOf(sweep).Pruning is null)
        {
            return null;
        }

        var decisions = view.ListRungDecisions(sweep.Id);
        return new SweepPruning(PruningEffect.Of(view.ListTrials(sweep.Id).Select(trial => (trial.Parameters, trial.State, trial.Step)), sweep.TrainRows, decisions), decisions);
    }

    private static IEnumerable<string> BadRowRemarks(DataProfile? profile) => profile?.BadRows is { Count: > 0 } bad
        ? [FormattableString.Invariant($"{bad.Count} of {bad.Count + profile.TrainRows() + profile.ValidationRows() + profile.TestRows()} rows break rules and were left out; the first: {bad.First[0]}.")]
        : [];

    private static IReadOnlyList<ScoredTrial> Score(IStoreView view, SweepRecord sweep)
    {
        var objective = SweepDocuments.SpecOf(sweep).Objective;
        var measurementsOf = TrialMeasurements.OfAll(view, sweep.Id);
        return [.. view.ListTrials(sweep.Id).Select(trial => ScoredTrial.Of(trial, measurementsOf(trial), objective))];
    }
}
