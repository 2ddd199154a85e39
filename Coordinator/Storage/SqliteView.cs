using CloudSweep.Core.Domain;
using CloudSweep.Core.Ports.Store;
using CloudSweep.Core.Pruning;

namespace CloudSweep.Coordinator.Storage;

/// <summary>Reads the tables inside the session's transaction.</summary>
internal class SqliteView(SqliteSession session) : IStoreView
{
    protected SqliteSession Session { get; } = session;

    protected SweepRows Sweeps { get; } = new(session);

    protected TrialRows Trials { get; } = new(session);

    protected TallyRows Tallies { get; } = new(session);

    protected JobRows Jobs { get; } = new(session);

    protected MeasurementRows Measurements { get; } = new(session);

    protected CheckpointRows Checkpoints { get; } = new(session);

    public SweepRecord? FindSweep(SweepId id) => Sweeps.Find(id);

    public SweepRecord? FindSweepByRequest(string requestId) => Sweeps.FindByRequest(requestId);

    public SweepRecord? FindNewestSweep(string identity) => Sweeps.FindNewest(identity);

    public IReadOnlyList<SweepRecord> ListSweeps() => Sweeps.List();

    public IReadOnlyList<SweepRecord> ListOpenSweeps() => Sweeps.ListOpen();

    public IReadOnlyList<TrialRecord> ListTrials(SweepId sweep) => Trials.List(sweep);

    public IReadOnlyList<TrialRecord> ListTrialsOfJob(JobId job) => Trials.ListOfJob(job);

    public TrialRecord? FindTrial(SweepId sweep, int number) => Trials.Find(sweep, number);

    public bool HasOpenTrials(JobId job) => Trials.HasOpen(job);

    public TrialRecord? FindBestTrial(SweepId sweep, ObjectiveGoal goal) => Trials.FindBest(sweep, goal);

    public IReadOnlyList<TrialTally> TallyTrials(SweepId sweep) => Tallies.Trials(sweep);

    public IReadOnlyDictionary<TrialState, int> CountTrials(SweepId sweep) => Tallies.Count(sweep);

    public JobRecord? FindJob(JobId id) => Jobs.Find(id);

    public JobRecord? FindJobByAcquireRequest(string requestId) => Jobs.FindByAcquireRequest(requestId);

    public IReadOnlyList<JobRecord> ListJobs(SweepId sweep) => Jobs.List(sweep);

    public IReadOnlyList<JobRecord> ListQueuedJobs(SweepId sweep, DateTimeOffset now, int limit) => Jobs.ListQueued(sweep, now, limit);

    public IReadOnlyList<JobRecord> ListLeasedJobs() => Jobs.ListLeased();

    public int CountJobs(SweepId sweep, JobState state) => Jobs.Count(sweep, state);

    public IReadOnlyList<SweepWork> ListOpenWork(DateTimeOffset now) => Sweeps.ListOpenWork(now);

    public IReadOnlyList<Measurement> ListMeasurements(SweepId sweep) => Measurements.List(sweep);

    public IReadOnlyList<Measurement> ListMeasurementsOfTrial(SweepId sweep, int trial) => Measurements.ListOfTrial(sweep, trial);

    public IReadOnlyList<RungDecision> ListRungDecisions(SweepId sweep) => Session.Query(
        "SELECT decision_json FROM rung_decisions WHERE sweep = ?1 ORDER BY sequence", row => CanonicalJson.Read<RungDecision>(row.Text()), sweep.Value);

    public IReadOnlyDictionary<string, string> ListShardProfiles(SweepId sweep) => Session.Query(
        "SELECT shard_key, profile_json FROM shard_profiles WHERE sweep = ?1 ORDER BY shard_key", row => KeyValuePair.Create(row.Text(), row.Text()), sweep.Value).ToDictionary();

    public int CountShardProfiles(SweepId sweep) => (int)Session.Number("SELECT COUNT(*) FROM shard_profiles WHERE sweep = ?1", sweep.Value);

    public IReadOnlyList<AttemptRecord> ListAttempts(SweepId sweep) => Jobs.ListAttempts(sweep);

    public AttemptRecord? FindAttempt(JobId job, long fencingToken) => Jobs.FindAttempt(job, fencingToken);

    public AttemptTotals SumAttempts(SweepId sweep) => Tallies.Attempts(sweep);

    public IReadOnlyList<CheckpointRecord> ListObsoleteCheckpoints(int limit) => Checkpoints.ListObsolete(limit);

    public IReadOnlyList<CheckpointRecord> ListCheckpoints(JobId job) => Checkpoints.List(job);

    public IReadOnlyList<string> ListRemarks(SweepId sweep) =>
        Session.Query("SELECT text FROM remarks WHERE sweep = ?1 ORDER BY position", row => row.Text(), sweep.Value);
}
