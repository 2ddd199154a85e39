using CloudSweep.Core.Domain;
using CloudSweep.Core.Ports.Store;

namespace CloudSweep.Coordinator.Storage;

/// <summary>The table of sweeps.</summary>
internal sealed class SweepRows(SqliteSession session)
{
    private const string Columns =
        "id, request_id, identity, name, spec_json, shard_table_json, state, reason, created_at, finished_at, trial_count, is_expanded, shard_count, profile_json, profile_hash, open_jobs, job_count, train_rows, numerics, is_input_at_fault, is_stopped, rounds, edge_rounds, refinements, ranges_json, owner, revision";

    public SweepRecord? Find(SweepId id) => session.First($"SELECT {Columns} FROM sweeps WHERE id = ?1", Read, id.Value);

    public SweepRecord? FindByRequest(string requestId) => session.First($"SELECT {Columns} FROM sweeps WHERE request_id = ?1", Read, requestId);

    public SweepRecord? FindNewest(string identity) =>
        session.First($"SELECT {Columns} FROM sweeps WHERE identity = ?1 ORDER BY position DESC LIMIT 1", Read, identity);

    public IReadOnlyList<SweepRecord> List() => session.Query($"SELECT {Columns} FROM sweeps ORDER BY position DESC", Read);

    public IReadOnlyList<SweepRecord> ListOpen() =>
        session.Query($"SELECT {Columns} FROM sweeps WHERE state <= ?1 ORDER BY position", Read, SweepState.Paused);

    public IReadOnlyList<SweepWork> ListOpenWork(DateTimeOffset now) => session.Query(
        "SELECT id, state, is_expanded, spec_json, "
            + "(SELECT COUNT(*) FROM jobs INDEXED BY jobs_by_state WHERE state = ?2 AND sweep = sweeps.id), "
            + "(SELECT COUNT(*) FROM jobs INDEXED BY jobs_by_state WHERE state = ?3 AND sweep = sweeps.id AND eligible_at <= ?4) "
            + "FROM sweeps WHERE state <= ?1 ORDER BY position",
        row => new SweepWork(new SweepId(row.Text()), (SweepState)row.Integer(), row.Flag(), row.Text(), row.Integer(), row.Integer()),
        SweepState.Paused,
        JobState.Leased,
        JobState.Queued,
        now);

    public void Insert(SweepRecord sweep) => session.Execute(
        $"INSERT INTO sweeps ({Columns}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24, ?25, ?26, ?27)",
        sweep.Id.Value, sweep.RequestId, sweep.Identity, sweep.Name, sweep.SpecJson, sweep.ShardTableJson, sweep.State, sweep.Reason, sweep.CreatedAt, sweep.FinishedAt, sweep.TrialCount, sweep.IsExpanded, sweep.ShardCount, sweep.ProfileJson, sweep.ProfileHash, sweep.OpenJobs, sweep.JobCount, sweep.TrainRows, sweep.Numerics, sweep.IsInputAtFault, sweep.IsStopped, sweep.Rounds, sweep.EdgeRounds, sweep.Refinements, sweep.RangesJson, sweep.Owner, sweep.Revision);

    /// <summary>Stores all that may change and raises the revision.</summary>
    public SweepRecord Update(SweepRecord sweep) => sweep with
    {
        Revision = RequireOne(sweep.Id, session.Number(
            "UPDATE sweeps SET state = ?2, reason = ?3, finished_at = ?4, is_expanded = ?5, profile_json = ?6, profile_hash = ?7, open_jobs = ?8, job_count = ?9, train_rows = ?10, numerics = ?11, trial_count = ?12, is_input_at_fault = ?13, is_stopped = ?14, rounds = ?15, edge_rounds = ?16, refinements = ?17, ranges_json = ?18, revision = revision + 1 WHERE id = ?1 RETURNING revision",
            sweep.Id.Value, sweep.State, sweep.Reason, sweep.FinishedAt, sweep.IsExpanded, sweep.ProfileJson, sweep.ProfileHash, sweep.OpenJobs, sweep.JobCount, sweep.TrainRows, sweep.Numerics, sweep.TrialCount, sweep.IsInputAtFault, sweep.IsStopped, sweep.Rounds, sweep.EdgeRounds, sweep.Refinements, sweep.RangesJson)),
    };

    public void Touch(SweepId id) => RequireOne(id, session.Execute("UPDATE sweeps SET revision = revision + 1 WHERE id = ?1", id.Value));

    private static long RequireOne(SweepId id, long changed) => changed > 0 ? changed : throw new InvalidOperationException($"There is no sweep {id}.");

    private static SweepRecord Read(Row row) => new()
    {
        Id = new SweepId(row.Text()),
        RequestId = row.Text(),
        Identity = row.Text(),
        Name = row.Text(),
        SpecJson = row.Text(),
        ShardTableJson = row.Text(),
        State = (SweepState)row.Integer(),
        Reason = row.Text(),
        CreatedAt = row.Instant(),
        FinishedAt = row.OptionalInstant(),
        TrialCount = row.Integer(),
        IsExpanded = row.Flag(),
        ShardCount = row.Integer(),
        ProfileJson = row.OptionalText(),
        ProfileHash = row.OptionalText(),
        OpenJobs = row.Integer(),
        JobCount = row.Integer(),
        TrainRows = row.Integer64(),
        Numerics = row.OptionalText(),
        IsInputAtFault = row.Flag(),
        IsStopped = row.Flag(),
        Rounds = row.Integer(),
        EdgeRounds = row.Integer(),
        Refinements = row.Integer(),
        RangesJson = row.OptionalText(),
        Owner = row.Text(),
        Revision = row.Integer64(),
    };
}
