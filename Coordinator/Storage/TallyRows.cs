using CloudSweep.Core.Domain;
using CloudSweep.Core.Ports.Store;

namespace CloudSweep.Coordinator.Storage;

/// <summary>
/// Sums over trials and attempts, kept with every change of them, so that nobody reads 100,000 rows to tell where a sweep stands.
/// No triggers: each statement that has one opens a journal of its own within the transaction, and to close it walks all that the transaction has changed before.
/// </summary>
internal sealed class TallyRows(SqliteSession session)
{
    public IReadOnlyDictionary<TrialState, int> Count(SweepId sweep) => session.Query(
        "SELECT state, SUM(trials) FROM trial_tallies WHERE sweep = ?1 AND trials <> 0 GROUP BY state", row => KeyValuePair.Create((TrialState)row.Integer(), row.Integer()), sweep.Value)
        .ToDictionary();

    public IReadOnlyList<TrialTally> Trials(SweepId sweep) => session.Query(
        "SELECT state, training_json, ramp_steps, trials, steps FROM trial_tallies WHERE sweep = ?1 AND trials <> 0",
        row => new TrialTally((TrialState)row.Integer(), CanonicalJson.Read<TrainingSpec>(row.Text()), row.Integer() is > 0 and var ramp ? ramp : null, row.Integer(), row.Integer64()),
        sweep.Value);

    public AttemptTotals Attempts(SweepId sweep) => session.First(
        "SELECT text_rows, block_rows, bytes_read, lane_rows FROM attempt_totals WHERE sweep = ?1",
        row => new AttemptTotals(row.Integer64(), row.Integer64(), row.Integer64(), row.Integer64()),
        sweep.Value) ?? new AttemptTotals(0, 0, 0, 0);

    /// <summary>Trials that are new.</summary>
    public void Add(SweepId sweep, IReadOnlyList<TrialRecord> trials)
    {
        foreach (var alike in trials.GroupBy(trial => (trial.State, trial.Parameters.Training, trial.Parameters.Ramp?.Steps)))
        {
            Add(sweep, alike.Key.State, alike.First().Parameters, alike.Count(), alike.Sum(trial => trial.Step));
        }
    }

    /// <summary>A trial that was in this state and had done so many steps.</summary>
    public void Change(TrialState state, long step, TrialRecord trial)
    {
        if (state != trial.State)
        {
            Add(trial.Sweep, state, trial.Parameters, -1, -step);
            Add(trial.Sweep, trial.State, trial.Parameters, 1, trial.Step);
        }
        else if (step != trial.Step)
        {
            Add(trial.Sweep, state, trial.Parameters, 0, trial.Step - step);
        }
    }

    /// <summary>An attempt that was like this; null when it is new.</summary>
    public void Change(AttemptRecord? before, AttemptRecord attempt)
    {
        var change = new AttemptTotals(
            attempt.TextRows - (before?.TextRows ?? 0), attempt.BlockRows - (before?.BlockRows ?? 0), attempt.BytesRead - (before?.BytesRead ?? 0), attempt.LaneRows - (before?.LaneRows ?? 0));
        if (change != new AttemptTotals(0, 0, 0, 0))
        {
            session.Execute(
                "INSERT INTO attempt_totals (sweep, text_rows, block_rows, bytes_read, lane_rows) VALUES (?1, ?2, ?3, ?4, ?5) "
                    + "ON CONFLICT DO UPDATE SET text_rows = text_rows + ?2, block_rows = block_rows + ?3, bytes_read = bytes_read + ?4, lane_rows = lane_rows + ?5",
                attempt.Job.Sweep.Value, change.TextRows, change.BlockRows, change.BytesRead, change.LaneRows);
        }
    }

    private void Add(SweepId sweep, TrialState state, TrialParameters parameters, int trials, long steps) => session.Execute(
        "INSERT INTO trial_tallies (sweep, state, training_json, ramp_steps, trials, steps) VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT DO UPDATE SET trials = trials + ?5, steps = steps + ?6",
        sweep.Value, state, CanonicalJson.Write(parameters.Training), parameters.Ramp?.Steps ?? 0, trials, steps);
}
