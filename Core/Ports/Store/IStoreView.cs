using CloudSweep.Core.Domain;
using CloudSweep.Core.Pruning;

namespace CloudSweep.Core.Ports.Store;

/// <summary>A consistent snapshot of the store. Lists are in ascending order of their keys unless told otherwise.</summary>
public interface IStoreView
{
    SweepRecord? FindSweep(SweepId id);

    SweepRecord? FindSweepByRequest(string requestId);

    /// <summary>The sweep of this identity that was created last.</summary>
    SweepRecord? FindNewestSweep(string identity);

    /// <summary>Newest first.</summary>
    IReadOnlyList<SweepRecord> ListSweeps();

    /// <summary>Sweeps that are not final, oldest first.</summary>
    IReadOnlyList<SweepRecord> ListOpenSweeps();

    IReadOnlyList<TrialRecord> ListTrials(SweepId sweep);

    /// <summary>The trials of one job, by number.</summary>
    IReadOnlyList<TrialRecord> ListTrialsOfJob(JobId job);

    TrialRecord? FindTrial(SweepId sweep, int number);

    /// <summary>Whether a trial of the job is not final.</summary>
    bool HasOpenTrials(JobId job);

    /// <summary>
    /// The trial of the best score among those that are still open or completed; with equal scores the first. Null where none has a score. A store of many sweeps must not read every trial for it.
    /// </summary>
    TrialRecord? FindBestTrial(SweepId sweep, ObjectiveGoal goal);

    /// <summary>Trials and their steps summed up, in any order. A store of many sweeps must not read every trial for it: it is asked for several times a second.</summary>
    IReadOnlyList<TrialTally> TallyTrials(SweepId sweep);

    /// <summary>Trials by state; states without trials are absent.</summary>
    IReadOnlyDictionary<TrialState, int> CountTrials(SweepId sweep);

    JobRecord? FindJob(JobId id);

    /// <summary>The job whose current lease was granted to this acquire request.</summary>
    JobRecord? FindJobByAcquireRequest(string requestId);

    IReadOnlyList<JobRecord> ListJobs(SweepId sweep);

    /// <summary>Queued jobs of a sweep with <c>EligibleAt</c> ≤ <paramref name="now"/>, by number, at most <paramref name="limit"/>.</summary>
    IReadOnlyList<JobRecord> ListQueuedJobs(SweepId sweep, DateTimeOffset now, int limit);

    /// <summary>Leased jobs of all sweeps.</summary>
    IReadOnlyList<JobRecord> ListLeasedJobs();

    int CountJobs(SweepId sweep, JobState state);

    /// <summary>Sweeps that are not final, oldest first, with their jobs counted, not read: there may be a hundred thousand.</summary>
    /// <param name="now">Queued jobs with <c>EligibleAt</c> ≤ this are eligible.</param>
    IReadOnlyList<SweepWork> ListOpenWork(DateTimeOffset now);

    /// <summary>By trial, try, step; at one step the evaluation comes first, then the loss window, a test, and a rung.</summary>
    IReadOnlyList<Measurement> ListMeasurements(SweepId sweep);

    /// <summary>As <see cref="ListMeasurements"/>, of one trial.</summary>
    IReadOnlyList<Measurement> ListMeasurementsOfTrial(SweepId sweep, int trial);

    /// <summary>What was decided at rungs, by sequence.</summary>
    IReadOnlyList<RungDecision> ListRungDecisions(SweepId sweep);

    /// <summary>Canonical JSON of the shard profiles reported so far, by shard key.</summary>
    IReadOnlyDictionary<string, string> ListShardProfiles(SweepId sweep);

    int CountShardProfiles(SweepId sweep);

    /// <summary>All attempts at a sweep's jobs, by job and token.</summary>
    IReadOnlyList<AttemptRecord> ListAttempts(SweepId sweep);

    AttemptRecord? FindAttempt(JobId job, long fencingToken);

    /// <summary>What all attempts at a sweep's jobs read, summed up; zeros where there is none. A store of many sweeps must not read every attempt for it.</summary>
    AttemptTotals SumAttempts(SweepId sweep);

    /// <summary>Registered checkpoints that were replaced or whose job is finished and that are not deleted yet, at most <paramref name="limit"/>.</summary>
    IReadOnlyList<CheckpointRecord> ListObsoleteCheckpoints(int limit);

    /// <summary>Registered checkpoints of a job, by position.</summary>
    IReadOnlyList<CheckpointRecord> ListCheckpoints(JobId job);

    /// <summary>Remarks for operators, oldest first.</summary>
    IReadOnlyList<string> ListRemarks(SweepId sweep);
}
