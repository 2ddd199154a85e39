using CloudSweep.Core.Domain;
using CloudSweep.Core.Ports.Store;
using CloudSweep.Core.Pruning;

namespace CloudSweep.Coordinator.Storage;

/// <summary>Changes the tables inside the session's transaction.</summary>
internal sealed class SqliteTransaction(SqliteSession session) : SqliteView(session), IStoreTransaction
{
    public void InsertSweep(SweepRecord sweep) => Sweeps.Insert(sweep);

    public SweepRecord UpdateSweep(SweepRecord sweep) => Sweeps.Update(sweep);

    public void TouchSweep(SweepId sweep) => Sweeps.Touch(sweep);

    public void InsertTrials(SweepId sweep, IReadOnlyList<TrialRecord> trials)
    {
        foreach (var trial in trials)
        {
            Trials.Insert(trial);
        }

        Tallies.Add(sweep, trials);
    }

    public void UpdateTrial(TrialRecord trial)
    {
        var before = Trials.FindState(trial.Sweep, trial.Number);
        Trials.Update(trial);
        Tallies.Change(before!.Value.State, before.Value.Step, trial);
    }

    public void AssignTrials(JobId job, IReadOnlyList<int> trials)
    {
        foreach (var trial in trials)
        {
            Trials.Assign(job.Sweep, trial, job.Number);
        }
    }

    public void InsertJobs(IReadOnlyList<JobRecord> jobs)
    {
        foreach (var job in jobs)
        {
            Jobs.Insert(job);
        }
    }

    public void UpdateJob(JobRecord job) => Jobs.Update(job);

    public Measurement? InsertMeasurement(SweepId sweep, Measurement measurement) => Measurements.Insert(sweep, measurement);

    public void InsertRungDecision(SweepId sweep, RungDecision decision) => Session.Execute(
        "INSERT INTO rung_decisions (sweep, sequence, decision_json) VALUES (?1, ?2, ?3)", sweep.Value, decision.Sequence, CanonicalJson.Write(decision));

    public bool InsertShardProfile(SweepId sweep, string shardKey, string profileJson) => Session.Execute(
        "INSERT INTO shard_profiles (sweep, shard_key, profile_json) VALUES (?1, ?2, ?3) ON CONFLICT (sweep, shard_key) DO NOTHING", sweep.Value, shardKey, profileJson) == 1;

    public void PutAttempt(AttemptRecord attempt)
    {
        var before = Jobs.FindAttempt(attempt.Job, attempt.FencingToken);
        Jobs.PutAttempt(attempt);
        Tallies.Change(before, attempt);
    }

    public void PutCheckpoint(CheckpointRecord checkpoint) => Checkpoints.Put(checkpoint);

    public void DeleteCheckpoint(string name) => Checkpoints.Delete(name);

    public void AddRemark(SweepId sweep, string remark) =>
        Session.Execute("INSERT INTO remarks (sweep, text) VALUES (?1, ?2) ON CONFLICT (sweep, text) DO NOTHING", sweep.Value, remark);
}
