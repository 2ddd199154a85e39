using CloudSweep.Core.Domain;
using CloudSweep.Core.Ports.Store;

namespace CloudSweep.Coordinator.Application;

/// <summary>What follows an attempt, however it ended: its job is finished, queued again, split, or given up.</summary>
internal sealed class AttemptEnding(TimeProvider time, SweepStages stages)
{
    private const int AttemptsBeforeSplit = 2;
    private static readonly TimeSpan FirstBackoff = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromMinutes(1);

    /// <summary>Closes a job of which nothing is open, whoever notices it; whether it did.</summary>
    public bool CloseIfDone(IStoreTransaction transaction, JobRecord job)
    {
        var isDone = job.Kind switch
        {
            JobKind.Profile => job.ShardKeys.All(transaction.ListShardProfiles(job.Id.Sweep).ContainsKey),
            JobKind.Test => WinnerStage.TestOf(transaction, job) is not null,
            _ => !transaction.HasOpenTrials(job.Id),
        };
        if (isDone)
        {
            stages.CloseJob(transaction, job);
        }

        return isDone;
    }

    /// <summary>Queues a job whose holder ended without failing: no attempt is used up.</summary>
    public void GiveBack(IStoreTransaction transaction, JobRecord job, TimeSpan delay)
    {
        transaction.UpdateJob(LeaseRules.Requeued(job, time.GetUtcNow() + delay));
        transaction.TouchSweep(job.Id.Sweep);
    }

    /// <summary>Counts an attempt that left something open.</summary>
    /// <param name="delay">Time until the next attempt; null = longer after every attempt without progress.</param>
    public void Fail(IStoreTransaction transaction, JobRecord job, AttemptFailure failure, TimeSpan? delay = null)
    {
        if (failure.IsDataChanged)
        {
            GiveBack(transaction, job, TimeSpan.Zero);
            SweepPause.Begin(transaction, job.Id.Sweep, failure.Message);
            return;
        }

        var spec = SweepDocuments.SpecOf(transaction.FindSweep(job.Id.Sweep)!);
        var fruitless = job.HasProgressed ? 0 : job.AttemptsWithoutProgress + 1;
        if (failure.IsPermanent || fruitless >= spec.Execution.MaxAttempts)
        {
            GiveUp(transaction, job, failure.IsPermanent ? failure.Message : $"{failure.Message} ({fruitless} attempts without progress)", failure.IsPermanent);
            return;
        }

        var waiting = LeaseRules.Requeued(job, time.GetUtcNow() + (delay ?? Backoff(fruitless))) with { AttemptsWithoutProgress = fruitless };
        transaction.UpdateJob(waiting);
        if (job.Kind == JobKind.Train && fruitless >= MostBeforeSplit(transaction, job, spec.Execution.MaxAttempts))
        {
            Split(transaction, waiting);
        }

        transaction.TouchSweep(job.Id.Sweep);
    }

    private static TimeSpan Backoff(int fruitless)
    {
        var backoff = FirstBackoff * Math.Pow(2, Math.Max(0, fruitless - 1));
        return backoff < LongestBackoff ? backoff : LongestBackoff;
    }

    // Halves start from the beginning. Where that throws training away, two Workers that died through no fault of the job, on machines that were
    // taken from them one after the other, must not be enough for it.
    private static int MostBeforeSplit(IStoreTransaction transaction, JobRecord job, int maxAttempts) =>
        transaction.ListCheckpoints(job.Id).Any(checkpoint => checkpoint is { IsObsolete: false, Trial: null }) ? Math.Max(AttemptsBeforeSplit, maxAttempts - 1) : AttemptsBeforeSplit;

    private void GiveUp(IStoreTransaction transaction, JobRecord job, string reason, bool isInputAtFault)
    {
        if (job.Kind == JobKind.Profile)
        {
            SweepEnding.End(transaction, job.Id.Sweep, SweepState.Failed, TrialState.Cancelled, reason, time.GetUtcNow(), isInputAtFault);
            return;
        }

        if (job.Kind == JobKind.Test)
        {
            // What was found stands; only the last number is missing.
            transaction.AddRemark(job.Id.Sweep, $"data.test was not scored: {reason}");
        }

        foreach (var trial in transaction.ListTrialsOfJob(job.Id).Where(trial => !trial.State.IsFinal()))
        {
            transaction.UpdateTrial(trial.To(TrialState.Failed) with { Reason = reason, FinishedAt = time.GetUtcNow() });
        }

        stages.CloseJob(transaction, job);
    }

    /// <summary>
    /// Halves a job that fails again and again, so that one bad trial does not take the others with it. Both halves start from the beginning,
    /// their attempts are counted anew, and splitting ends at single trials.
    /// </summary>
    private static void Split(IStoreTransaction transaction, JobRecord job)
    {
        var open = transaction.ListTrialsOfJob(job.Id).Where(trial => !trial.State.IsFinal()).ToArray();
        if (open.Length < 2)
        {
            return;
        }

        var sweep = transaction.FindSweep(job.Id.Sweep)!;
        var half = new JobRecord
        {
            Id = new JobId(sweep.Id, sweep.JobCount + 1),
            Kind = JobKind.Train,
            EligibleAt = job.EligibleAt,
        };
        transaction.UpdateJob(job with { AttemptsWithoutProgress = 0 });
        transaction.InsertJobs([half]);
        foreach (var trial in open.Skip(open.Length / 2))
        {
            transaction.UpdateTrial(trial with { Job = half.Id.Number });
        }

        SweepEnding.GiveUpCheckpoints(transaction, job.Id);
        transaction.UpdateSweep(sweep with { JobCount = sweep.JobCount + 1, OpenJobs = sweep.OpenJobs + 1 });
    }
}
