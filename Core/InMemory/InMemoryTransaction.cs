using CloudSweep.Core.Domain;
using CloudSweep.Core.Ports.Store;
using CloudSweep.Core.Pruning;

namespace CloudSweep.Core.InMemory;

/// <summary>Changes a snapshot of its own; nobody sees it before the store takes it over.</summary>
internal sealed class InMemoryTransaction(StoreSnapshot snapshot) : InMemoryView(snapshot), IStoreTransaction
{
    public void InsertSweep(SweepRecord sweep)
    {
        Require(!Snapshot.Sweeps.ContainsKey(sweep.Id), $"There is a sweep {sweep.Id} already.");
        Require(FindSweepByRequest(sweep.RequestId) is null, $"There is a sweep of request {sweep.RequestId} already.");
        Snapshot = Snapshot.With(new SweepSnapshot(sweep)) with { Order = Snapshot.Order.Add(sweep.Id) };
    }

    public SweepRecord UpdateSweep(SweepRecord sweep)
    {
        var updated = sweep with { Revision = Snapshot.Of(sweep.Id).Record.Revision + 1 };
        Change(sweep.Id, found => found with { Record = updated });
        return updated;
    }

    public void TouchSweep(SweepId sweep) => UpdateSweep(Snapshot.Of(sweep).Record);

    public void InsertTrials(SweepId sweep, IReadOnlyList<TrialRecord> trials) => Change(sweep, found =>
    {
        Require(trials.All(trial => !found.Trials.ContainsKey(trial.Number)), "A trial with this number is there already.");
        Require(trials.Select(trial => trial.Number).Distinct().Count() == trials.Count, "Two trials have the same number.");
        return found with { Trials = found.Trials.AddRange(trials.Select(trial => KeyValuePair.Create(trial.Number, trial))) };
    });

    public void UpdateTrial(TrialRecord trial) => Change(trial.Sweep, found =>
    {
        Require(found.Trials.ContainsKey(trial.Number), $"There is no trial {trial.Number}.");
        return found with { Trials = found.Trials.SetItem(trial.Number, trial) };
    });

    public void AssignTrials(JobId job, IReadOnlyList<int> trials) => Change(job.Sweep, found =>
    {
        Require(trials.All(found.Trials.ContainsKey), "There is no trial of one of these numbers.");
        return found with { Trials = found.Trials.SetItems(trials.Select(number => KeyValuePair.Create(number, found.Trials[number] with { Job = job.Number }))) };
    });

    public void InsertJobs(IReadOnlyList<JobRecord> jobs)
    {
        foreach (var job in jobs)
        {
            Change(job.Id.Sweep, found =>
            {
                Require(!found.Jobs.ContainsKey(job.Id.Number), $"There is a job {job.Id} already.");
                return found with { Jobs = found.Jobs.Add(job.Id.Number, job) };
            });
        }
    }

    public void UpdateJob(JobRecord job) => Change(job.Id.Sweep, found =>
    {
        Require(found.Jobs.ContainsKey(job.Id.Number), $"There is no job {job.Id}.");
        return found with { Jobs = found.Jobs.SetItem(job.Id.Number, job) };
    });

    public Measurement? InsertMeasurement(SweepId sweep, Measurement measurement)
    {
        var key = MeasurementKey.Of(measurement);
        if (Snapshot.Of(sweep).Measurements.TryGetValue(key, out var stored))
        {
            return stored;
        }

        Change(sweep, found => found with { Measurements = found.Measurements.Add(key, measurement) });
        return null;
    }

    public void InsertRungDecision(SweepId sweep, RungDecision decision) => Change(sweep, found =>
    {
        Require(!found.RungDecisions.ContainsKey(decision.Sequence), $"There is a decision {decision.Sequence} already.");
        return found with { RungDecisions = found.RungDecisions.Add(decision.Sequence, decision) };
    });

    public bool InsertShardProfile(SweepId sweep, string shardKey, string profileJson)
    {
        if (Snapshot.Of(sweep).ShardProfiles.ContainsKey(shardKey))
        {
            return false;
        }

        Change(sweep, found => found with { ShardProfiles = found.ShardProfiles.Add(shardKey, profileJson) });
        return true;
    }

    public void PutAttempt(AttemptRecord attempt) => Change(attempt.Job.Sweep, found =>
    {
        Require(found.Jobs.ContainsKey(attempt.Job.Number), $"There is no job {attempt.Job}.");
        return found with { Attempts = found.Attempts.SetItem((attempt.Job.Number, attempt.FencingToken), attempt) };
    });

    public void PutCheckpoint(CheckpointRecord checkpoint)
    {
        DeleteCheckpoint(checkpoint.Name);
        Change(checkpoint.Job.Sweep, found =>
        {
            Require(found.Jobs.ContainsKey(checkpoint.Job.Number), $"There is no job {checkpoint.Job}.");
            return found with { Checkpoints = found.Checkpoints.SetItem(checkpoint.Name, checkpoint) };
        });
    }

    public void DeleteCheckpoint(string name)
    {
        foreach (var sweep in Snapshot.Sweeps.Values.Where(sweep => sweep.Checkpoints.ContainsKey(name)))
        {
            Change(sweep.Record.Id, found => found with { Checkpoints = found.Checkpoints.Remove(name) });
        }
    }

    public void AddRemark(SweepId sweep, string remark) => Change(sweep, found =>
        found.Remarks.Contains(remark) ? found : found with { Remarks = found.Remarks.Add(remark) });

    private void Change(SweepId sweep, Func<SweepSnapshot, SweepSnapshot> change) => Snapshot = Snapshot.With(change(Snapshot.Of(sweep)));

    private static void Require(bool holds, string message)
    {
        if (!holds)
        {
            throw new InvalidOperationException(message);
        }
    }
}
