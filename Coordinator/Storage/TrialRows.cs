using CloudSweep.Core.Domain;
using CloudSweep.Core.Ports.Store;

namespace CloudSweep.Coordinator.Storage;

/// <summary>The table of trials. As to INDEXED BY see <see cref="JobRows"/>.</summary>
internal sealed class TrialRows(SqliteSession session)
{
    private const string Columns = "sweep, number, parameters_json, state, reason, job, try, step, finished_at, score, score_step, round";

    public IReadOnlyList<TrialRecord> List(SweepId sweep) =>
        session.Query($"SELECT {Columns} FROM trials WHERE sweep = ?1 ORDER BY number", Read, sweep.Value);

    public IReadOnlyList<TrialRecord> ListOfJob(JobId job) =>
        session.Query($"SELECT {Columns} FROM trials INDEXED BY trials_by_job WHERE sweep = ?1 AND job = ?2 ORDER BY number", Read, job.Sweep.Value, job.Number);

    public TrialRecord? Find(SweepId sweep, int number) =>
        session.First($"SELECT {Columns} FROM trials WHERE sweep = ?1 AND number = ?2", Read, sweep.Value, number);

    public (TrialState State, long Step)? FindState(SweepId sweep, int number) =>
        session.First("SELECT state, step FROM trials WHERE sweep = ?1 AND number = ?2", row => Tuple.Create((TrialState)row.Integer(), row.Integer64()), sweep.Value, number)?.ToValueTuple();

    public bool HasOpen(JobId job) =>
        session.Number("SELECT EXISTS (SELECT 1 FROM trials INDEXED BY trials_by_job WHERE sweep = ?1 AND job = ?2 AND state <= ?3)", job.Sweep.Value, job.Number, TrialState.Running) == 1;

    public TrialRecord? FindBest(SweepId sweep, ObjectiveGoal goal) => session.First(goal == ObjectiveGoal.Minimize ? BestQuery("ASC") : BestQuery("DESC"), Read, sweep.Value);

    public void Insert(TrialRecord trial) => session.Execute(
        $"INSERT INTO trials ({Columns}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
        trial.Sweep.Value, trial.Number, CanonicalJson.Write(trial.Parameters), trial.State, trial.Reason, trial.Job, trial.Try, trial.Step, trial.FinishedAt, trial.Score, trial.ScoreStep, trial.Round);

    public void Update(TrialRecord trial) => session.ExecuteOne(
        $"trial {trial.Number}",
        "UPDATE trials SET state = ?3, reason = ?4, job = ?5, try = ?6, step = ?7, finished_at = ?8, score = ?9, score_step = ?10, round = ?11 WHERE sweep = ?1 AND number = ?2",
        trial.Sweep.Value, trial.Number, trial.State, trial.Reason, trial.Job, trial.Try, trial.Step, trial.FinishedAt, trial.Score, trial.ScoreStep, trial.Round);

    public void Assign(SweepId sweep, int number, int job) =>
        session.ExecuteOne($"trial {number}", "UPDATE trials SET job = ?3 WHERE sweep = ?1 AND number = ?2", sweep.Value, number, job);

    // The condition must be that of the index. min() and max() would read all of it.
    private static string BestQuery(string order)
    {
        const string Scored = "FROM trials INDEXED BY trials_by_score WHERE sweep = ?1 AND score IS NOT NULL AND state <= 3";
        return $"SELECT {Columns} {Scored} AND score = (SELECT score {Scored} ORDER BY score {order} LIMIT 1) ORDER BY number LIMIT 1";
    }

    private static TrialRecord Read(Row row) => new()
    {
        Sweep = new SweepId(row.Text()),
        Number = row.Integer(),
        Parameters = CanonicalJson.Read<TrialParameters>(row.Text()),
        State = (TrialState)row.Integer(),
        Reason = row.Text(),
        Job = row.Integer(),
        Try = row.Integer(),
        Step = row.Integer64(),
        FinishedAt = row.OptionalInstant(),
        Score = row.OptionalReal(),
        ScoreStep = row.Integer64(),
        Round = row.Integer(),
    };
}
