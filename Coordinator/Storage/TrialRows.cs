using CloudSweep.Core.Domain;
using CloudSweep.Core.Ports.Store;

namespace CloudSweep.Coordinator.Storage;

/// <summary>The table of trials.</summary>
internal sealed class TrialRows(SqliteSession session)
{
    private const string Columns = "sweep, number, parameters_json, state, reason, job, try, step, finished_at, score, score_step, round";

    public IReadOnlyList<TrialRecord> List(SweepId sweep) =>
        session.Query($"SELECT {Columns} FROM trials WHERE sweep = ?1 ORDER BY number", Read, sweep.Value);

    public IReadOnlyList<TrialRecord> ListOfJob(JobId job) =>
        session.Query($"SELECT {Columns} FROM trials WHERE sweep = ?1 AND job = ?2 ORDER BY number", Read, job.Sweep.Value, job.Number);

    public TrialRecord? Find(SweepId sweep, int number) =>
        session.First($"SELECT {Columns} FROM trials WHERE sweep = ?1 AND number = ?2", Read, sweep.Value, number);

    public IReadOnlyDictionary<TrialState, int> Count(SweepId sweep) =>
        session.Query("SELECT state, COUNT(*) FROM trials WHERE sweep = ?1 GROUP BY state", row => KeyValuePair.Create((TrialState)row.Integer(), row.Integer()), sweep.Value)
            .ToDictionary();

    public void Insert(TrialRecord trial) => session.Execute(
        $"INSERT INTO trials ({Columns}) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)",
        trial.Sweep.Value, trial.Number, CanonicalJson.Write(trial.Parameters), trial.State, trial.Reason, trial.Job, trial.Try, trial.Step, trial.FinishedAt, trial.Score, trial.ScoreStep, trial.Round);

    public void Update(TrialRecord trial) => session.ExecuteOne(
        $"trial {trial.Number}",
        "UPDATE trials SET state = ?3, reason = ?4, job = ?5, try = ?6, step = ?7, finished_at = ?8, score = ?9, score_step = ?10, round = ?11 WHERE sweep = ?1 AND number = ?2",
        trial.Sweep.Value, trial.Number, trial.State, trial.Reason, trial.Job, trial.Try, trial.Step, trial.FinishedAt, trial.Score, trial.ScoreStep, trial.Round);

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
