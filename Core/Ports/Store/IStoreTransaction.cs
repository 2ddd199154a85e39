using CloudSweep.Core.Domain;
using CloudSweep.Core.Pruning;

namespace CloudSweep.Core.Ports.Store;

/// <summary>One transaction. Reads see its own writes. Inserting a key that exists, or updating one that does not, is an <see cref="InvalidOperationException"/>.</summary>
public interface IStoreTransaction : IStoreView
{
    void InsertSweep(SweepRecord sweep);

    /// <summary>Stores the record with its revision raised by one and returns that. Every change that watchers should see goes through here.</summary>
    SweepRecord UpdateSweep(SweepRecord sweep);

    /// <summary>Raises a sweep's revision and changes nothing else: for changes of its jobs and trials that watchers should see.</summary>
    void TouchSweep(SweepId sweep);

    void InsertTrials(SweepId sweep, IReadOnlyList<TrialRecord> trials);

    void UpdateTrial(TrialRecord trial);

    /// <summary>Puts trials, by their numbers, into a job and changes nothing else of them.</summary>
    void AssignTrials(JobId job, IReadOnlyList<int> trials);

    void InsertJobs(IReadOnlyList<JobRecord> jobs);

    void UpdateJob(JobRecord job);

    /// <summary>Stores a measurement, or returns the stored one with the same trial, try, step and kind and changes nothing.</summary>
    Measurement? InsertMeasurement(SweepId sweep, Measurement measurement);

    /// <summary>Stores a decision, which is never changed. Its sequence must be new.</summary>
    void InsertRungDecision(SweepId sweep, RungDecision decision);

    /// <summary>Stores a shard's profile unless there is one; whether it was stored.</summary>
    bool InsertShardProfile(SweepId sweep, string shardKey, string profileJson);

    /// <summary>Inserts or replaces by job and token.</summary>
    void PutAttempt(AttemptRecord attempt);

    /// <summary>Inserts or replaces by name.</summary>
    void PutCheckpoint(CheckpointRecord checkpoint);

    void DeleteCheckpoint(string name);

    /// <summary>Adds a remark unless the sweep has the same one already.</summary>
    void AddRemark(SweepId sweep, string remark);
}
