using CloudSweep.Core.Domain;
using CloudSweep.Core.Ports.Store;
using CloudSweep.Core.Pruning;

namespace CloudSweep.Core.InMemory;

/// <summary>Reads one snapshot.</summary>
internal class InMemoryView(StoreSnapshot snapshot) : IStoreView
{
    public StoreSnapshot Snapshot { get; protected set; } = snapshot;

    public SweepRecord? FindSweep(SweepId id) => Snapshot.Sweeps.GetValueOrDefault(id)?.Record;

    public SweepRecord? FindSweepByRequest(string requestId) => ListSweeps().FirstOrDefault(sweep => sweep.RequestId == requestId);

    public SweepRecord? FindNewestSweep(string identity) => ListSweeps().FirstOrDefault(sweep => sweep.Identity == identity);

    public IReadOnlyList<SweepRecord> ListSweeps() => [.. Snapshot.Order.Reverse().Select(id => Snapshot.Sweeps[id].Record)];

    public IReadOnlyList<SweepRecord> ListOpenSweeps() =>
        [.. Snapshot.Order.Select(id => Snapshot.Sweeps[id].Record).Where(sweep => !sweep.State.IsFinal())];

    public IReadOnlyList<TrialRecord> ListTrials(SweepId sweep) => [.. Of(sweep)?.Trials.Values ?? []];

    public IReadOnlyList<TrialRecord> ListTrialsOfJob(JobId job) => [.. ListTrials(job.Sweep).Where(trial => trial.Job == job.Number)];

    public TrialRecord? FindTrial(SweepId sweep, int number) => Of(sweep)?.Trials.GetValueOrDefault(number);

    public bool HasOpenTrials(JobId job) => ListTrialsOfJob(job).Any(trial => !trial.State.IsFinal());

    public TrialRecord? FindBestTrial(SweepId sweep, ObjectiveGoal goal) => ListTrials(sweep)
        .Where(trial => trial is { Score: not null, State: TrialState.Pending or TrialState.Running or TrialState.Completed })
        .MinBy(trial => goal == ObjectiveGoal.Minimize ? trial.Score!.Value : -trial.Score!.Value);

    public IReadOnlyList<TrialTally> TallyTrials(SweepId sweep) =>
    [
        .. ListTrials(sweep)
            .GroupBy(trial => (trial.State, trial.Parameters.Training, trial.Parameters.Ramp?.Steps))
            .Select(trials => new TrialTally(trials.Key.State, trials.Key.Training, trials.Key.Steps, trials.Count(), trials.Sum(trial => trial.Step))),
    ];

    public IReadOnlyDictionary<TrialState, int> CountTrials(SweepId sweep) => ListTrials(sweep).CountBy(trial => trial.State).ToDictionary();

    public JobRecord? FindJob(JobId id) => Of(id.Sweep)?.Jobs.GetValueOrDefault(id.Number);

    public JobRecord? FindJobByAcquireRequest(string requestId) => AllJobs().FirstOrDefault(job => job.AcquireRequestId == requestId);

    public IReadOnlyList<JobRecord> ListJobs(SweepId sweep) => [.. Of(sweep)?.Jobs.Values ?? []];

    public IReadOnlyList<JobRecord> ListQueuedJobs(SweepId sweep, DateTimeOffset now, int limit) =>
        [.. ListJobs(sweep).Where(job => job.State == JobState.Queued && job.EligibleAt <= now).Take(limit)];

    public IReadOnlyList<JobRecord> ListLeasedJobs() =>
        [.. AllJobs().Where(job => job.State == JobState.Leased).OrderBy(job => job.Id.Sweep.Value, StringComparer.Ordinal).ThenBy(job => job.Id.Number)];

    public int CountJobs(SweepId sweep, JobState state) => ListJobs(sweep).Count(job => job.State == state);

    public IReadOnlyList<SweepWork> ListOpenWork(DateTimeOffset now) =>
    [
        .. from sweep in ListOpenSweeps()
           let jobs = Of(sweep.Id)!.Jobs.Values
           select new SweepWork(
               sweep.Id,
               sweep.State,
               sweep.IsExpanded,
               sweep.SpecJson,
               jobs.Count(job => job.State == JobState.Leased),
               jobs.Count(job => job.State == JobState.Queued && job.EligibleAt <= now)),
    ];

    public IReadOnlyList<Measurement> ListMeasurements(SweepId sweep) => [.. Of(sweep)?.Measurements.Values ?? []];

    public IReadOnlyList<Measurement> ListMeasurementsOfTrial(SweepId sweep, int trial) =>
        [.. ListMeasurements(sweep).Where(measurement => measurement.Trial == trial)];

    public IReadOnlyList<RungDecision> ListRungDecisions(SweepId sweep) => [.. Of(sweep)?.RungDecisions.Values ?? []];

    public IReadOnlyDictionary<string, string> ListShardProfiles(SweepId sweep) => Of(sweep) is { } found ? found.ShardProfiles : new Dictionary<string, string>();

    public int CountShardProfiles(SweepId sweep) => ListShardProfiles(sweep).Count;

    public IReadOnlyList<AttemptRecord> ListAttempts(SweepId sweep) => [.. Of(sweep)?.Attempts.Values ?? []];

    public AttemptRecord? FindAttempt(JobId job, long fencingToken) => Of(job.Sweep)?.Attempts.GetValueOrDefault((job.Number, fencingToken));

    public AttemptTotals SumAttempts(SweepId sweep) => ListAttempts(sweep).Aggregate(
        new AttemptTotals(0, 0, 0, 0),
        (sum, attempt) => new AttemptTotals(sum.TextRows + attempt.TextRows, sum.BlockRows + attempt.BlockRows, sum.BytesRead + attempt.BytesRead, sum.LaneRows + attempt.LaneRows));

    public IReadOnlyList<CheckpointRecord> ListObsoleteCheckpoints(int limit) =>
        [.. Snapshot.Sweeps.Values.SelectMany(sweep => sweep.Checkpoints.Values)
            .Where(checkpoint => checkpoint.IsObsolete)
            .OrderBy(checkpoint => checkpoint.Name, StringComparer.Ordinal)
            .Take(limit)];

    public IReadOnlyList<CheckpointRecord> ListCheckpoints(JobId job) =>
        [.. (Of(job.Sweep)?.Checkpoints.Values ?? [])
            .Where(checkpoint => checkpoint.Job == job)
            .OrderBy(checkpoint => checkpoint.Position)
            .ThenBy(checkpoint => checkpoint.Name, StringComparer.Ordinal)];

    public IReadOnlyList<string> ListRemarks(SweepId sweep) => Of(sweep)?.Remarks ?? [];

    private SweepSnapshot? Of(SweepId id) => Snapshot.Sweeps.GetValueOrDefault(id);

    private IEnumerable<JobRecord> AllJobs() => Snapshot.Order.SelectMany(id => Snapshot.Sweeps[id].Jobs.Values);
}
