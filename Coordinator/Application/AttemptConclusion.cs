using CloudSweep.Core.Domain;
using CloudSweep.Core.Ports.Store;

namespace CloudSweep.Coordinator.Application;

/// <summary>What becomes of a job whose attempt ended without finishing it: queued again, split in halves, or given up.</summary>
internal sealed class AttemptConclusion(SweepStages stages)
{
    private const int AttemptsBeforeSplit = 2;
    private static readonly TimeSpan FirstBackoff = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromMinutes(1);

    /// <param name="transaction">The store.</param>
    /// <param name="job">Leased, with the attempt that ended.</param>
    /// <param name="failure">Why it ended.</param>
    /// <param name="now">When.</param>
    /// <param name="delay">Least time before the next grant.</param>
    public void Conclude(IStoreTransaction transaction, JobRecord job, AttemptFailure failure, DateTimeOffset now, TimeSpan delay = default)
    {
        var spec = CanonicalJson.Read<SweepSpec>(transaction.FindSweep(job.Id.Sweep)!.SpecJson);
        var fruitless = job.HasProgressed ? 0 : job.AttemptsWithoutProgress + 1;
        if (failure.IsPermanent || fruitless >= spec.Execution.MaxAttempts)
        {
            GiveUp(transaction, job, failure.IsPermanent ? failure.Message : $"{failure.Message} ({fruitless} attempts without progress)", failure.IsPermanent, now);
            return;
        }

        var backoff = FirstBackoff * Math.Pow(2, Math.Max(0, fruitless - 1));
        var pause = backoff < LongestBackoff ? backoff : LongestBackoff;
        var waiting = LeaseRules.Requeued(job, now + (pause > delay ? pause : delay)) with { AttemptsWithoutProgress = fruitless };
        transaction.UpdateJob(waiting);
        if (job.Kind == JobKind.Train && fruitless >= AttemptsBeforeSplit)
        {
            Split(transaction, waiting);
        }

        transaction.UpdateSweep(transaction.FindSweep(job.Id.Sweep)!);
    }

    private void GiveUp(IStoreTransaction transaction, JobRecord job, string reason, bool isInputAtFault, DateTimeOffset now)
    {
        if (job.Kind == JobKind.Profile)
        {
            SweepEnding.End(transaction, job.Id.Sweep, SweepState.Failed, TrialState.Cancelled, reason, now, isInputAtFault);
            return;
        }

        foreach (var trial in transaction.ListTrialsOfJob(job.Id).Where(trial => !trial.State.IsFinal()))
        {
            transaction.UpdateTrial(trial.To(TrialState.Failed) with { Reason = reason, FinishedAt = now });
        }

        stages.CloseJob(transaction, job);
    }

    /// <summary>
    /// Halves a job that fails again and again, so that one bad trial does not take the others with it. Both halves start from the beginning
    /// and have all their attempts before them, so that the bad trial ends up alone.
    /// </summary>
    private static void Split(IStoreTransaction transaction, JobRecord job)
    {
        var open = transaction.ListTrialsOfJob(job.Id).Where(trial => !trial.State.IsFinal()).ToArray();
        if (open.Length < 2)
        {
            return;
        }

        var sweep = transaction.FindSweep(job.Id.Sweep)!;
        var half = new JobRecord { Id = new JobId(sweep.Id, sweep.JobCount + 1), Kind = JobKind.Train, EligibleAt = job.EligibleAt };
        transaction.InsertJobs([half]);
        foreach (var trial in open.Skip(open.Length / 2))
        {
            transaction.UpdateTrial(trial with { Job = half.Id.Number });
        }

        transaction.UpdateJob(job with { AttemptsWithoutProgress = 0 });
        SweepEnding.GiveUpCheckpoints(transaction, job.Id);
        transaction.UpdateSweep(sweep with { JobCount = sweep.JobCount + 1, OpenJobs = sweep.OpenJobs + 1 });
    }
}
