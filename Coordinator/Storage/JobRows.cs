using CloudSweep.Core.Domain;
using CloudSweep.Core.Ports.Store;

namespace CloudSweep.Coordinator.Storage;

/// <summary>
/// The tables of jobs and of attempts at them. Left to itself SQLite walks a sweep's 100,000 jobs in the order of their numbers to find the first that is queued,
/// because the order asked for is that of the primary key; hence INDEXED BY.
/// </summary>
internal sealed class JobRows(SqliteSession session)
{
    private const string Columns =
        "sweep, number, kind, state, shard_keys_json, attempt, fencing_token, lease_id, worker, acquire_request_id, lease_expires_at, eligible_at, notified_at, notifications, attempts_without_progress, has_progressed, finished_token, trial";

    private const string AttemptColumns = "sweep, job, fencing_token, worker, started_at, text_rows, block_rows, bytes_read, lane_rows";

    public JobRecord? Find(JobId id) => session.First($"SELECT {Columns} FROM jobs WHERE sweep = ?1 AND number = ?2", Read, id.Sweep.Value, id.Number);

    public JobRecord? FindByAcquireRequest(string requestId) => session.First($"SELECT {Columns} FROM jobs WHERE acquire_request_id = ?1", Read, requestId);

    public IReadOnlyList<JobRecord> List(SweepId sweep) => session.Query($"SELECT {Columns} FROM jobs WHERE sweep = ?1 ORDER BY number", Read, sweep.Value);

    public IReadOnlyList<JobRecord> ListQueued(SweepId sweep, DateTimeOffset now, int limit) => session.Query(
        $"SELECT {Columns} FROM jobs INDEXED BY jobs_by_state WHERE state = ?1 AND sweep = ?2 AND eligible_at <= ?3 ORDER BY number LIMIT ?4", Read, JobState.Queued, sweep.Value, now, limit);

    public IReadOnlyList<JobRecord> ListLeased() =>
        session.Query($"SELECT {Columns} FROM jobs INDEXED BY jobs_by_state WHERE state = ?1 ORDER BY sweep, number", Read, JobState.Leased);

    public int Count(SweepId sweep, JobState state) => (int)session.Number("SELECT COUNT(*) FROM jobs WHERE state = ?1 AND sweep = ?2", state, sweep.Value);

    public void Insert(JobRecord job) => session.Execute(
        $"INSERT INTO jobs ({Columns}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18)",
        job.Id.Sweep.Value, job.Id.Number, job.Kind, job.State, CanonicalJson.Write(job.ShardKeys), job.Attempt, job.FencingToken, job.LeaseId, job.Worker, job.AcquireRequestId, job.LeaseExpiresAt, job.EligibleAt, job.NotifiedAt, job.Notifications, job.AttemptsWithoutProgress, job.HasProgressed, job.FinishedToken, job.Trial);

    public void Update(JobRecord job) => session.ExecuteOne(
        $"job {job.Id}",
        "UPDATE jobs SET state = ?3, attempt = ?4, fencing_token = ?5, lease_id = ?6, worker = ?7, acquire_request_id = ?8, lease_expires_at = ?9, eligible_at = ?10, notified_at = ?11, notifications = ?12, attempts_without_progress = ?13, has_progressed = ?14, finished_token = ?15 WHERE sweep = ?1 AND number = ?2",
        job.Id.Sweep.Value, job.Id.Number, job.State, job.Attempt, job.FencingToken, job.LeaseId, job.Worker, job.AcquireRequestId, job.LeaseExpiresAt, job.EligibleAt, job.NotifiedAt, job.Notifications, job.AttemptsWithoutProgress, job.HasProgressed, job.FinishedToken);

    public IReadOnlyList<AttemptRecord> ListAttempts(SweepId sweep) =>
        session.Query($"SELECT {AttemptColumns} FROM attempts WHERE sweep = ?1 ORDER BY job, fencing_token", ReadAttempt, sweep.Value);

    public AttemptRecord? FindAttempt(JobId job, long fencingToken) => session.First(
        $"SELECT {AttemptColumns} FROM attempts WHERE sweep = ?1 AND job = ?2 AND fencing_token = ?3", ReadAttempt, job.Sweep.Value, job.Number, fencingToken);

    public void PutAttempt(AttemptRecord attempt) => session.Execute(
        $"INSERT OR REPLACE INTO attempts ({AttemptColumns}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)",
        attempt.Job.Sweep.Value, attempt.Job.Number, attempt.FencingToken, attempt.Worker, attempt.StartedAt, attempt.TextRows, attempt.BlockRows, attempt.BytesRead, attempt.LaneRows);

    private static JobRecord Read(Row row) => new()
    {
        Id = new JobId(new SweepId(row.Text()), row.Integer()),
        Kind = (JobKind)row.Integer(),
        State = (JobState)row.Integer(),
        ShardKeys = row.Text() is not "[]" and var keys ? CanonicalJson.Read<string[]>(keys) : [],
        Attempt = row.Integer(),
        FencingToken = row.Integer64(),
        LeaseId = row.OptionalText(),
        Worker = row.OptionalText(),
        AcquireRequestId = row.OptionalText(),
        LeaseExpiresAt = row.OptionalInstant(),
        EligibleAt = row.Instant(),
        NotifiedAt = row.OptionalInstant(),
        Notifications = row.Integer(),
        AttemptsWithoutProgress = row.Integer(),
        HasProgressed = row.Flag(),
        FinishedToken = row.Integer64(),
        Trial = row.OptionalInteger(),
    };

    private static AttemptRecord ReadAttempt(Row row) => new(
        new JobId(new SweepId(row.Text()), row.Integer()), row.Integer64(), row.Text(), row.Instant(), row.Integer64(), row.Integer64(), row.Integer64(), row.Integer64());
}
