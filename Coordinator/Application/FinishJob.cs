using CloudSweep.Core.Domain;
using CloudSweep.Core.Ports.Store;

namespace CloudSweep.Coordinator.Application;

/// <summary>Closes an attempt: its job is finished, queued again, split, or given up. Repeating it with the winning token changes nothing.</summary>
internal sealed class FinishJob(ISweepStore store, TimeProvider time, SweepStages stages, SweepChanges changes)
{
    private const int AttemptsBeforeSplit = 2;
    private static readonly TimeSpan FirstBackoff = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromMinutes(1);

    /// <exception cref="LeaseLostException">A newer grant or a reap replaced the lease.</exception>
    public async Task RunAsync(LeaseClaim claim, ReportedCounters? counters, AttemptFailure? failure, CancellationToken cancellationToken)
    {
        await store.WriteAsync(transaction => Finish(transaction, claim, counters, failure), cancellationToken);
        changes.Signal();
    }

    private bool Finish(IStoreTransaction transaction, LeaseClaim claim, ReportedCounters? counters, AttemptFailure? failure)
    {
        if (transaction.FindJob(claim.Job) is { State: JobState.Finished } finished && finished.FinishedToken == claim.FencingToken)
        {
            return false;
        }

        var job = LeaseRules.RequireLatest(transaction, claim);
        counters?.Store(transaction, claim);
        var isDone = job.Kind == JobKind.Profile
            ? job.ShardKeys.All(transaction.ListShardProfiles(job.Id.Sweep).ContainsKey)
            : transaction.ListTrialsOfJob(job.Id).All(trial => trial.State.IsFinal());
        if (isDone)
        {
            stages.CloseJob(transaction, job);
        }
        else
        {
            Fail(transaction, job, failure ?? new AttemptFailure("The Worker finished the job without its results.", IsPermanent: false));
        }

        return true;
    }

    private void Fail(IStoreTransaction transaction, JobRecord job, AttemptFailure failure)
    {
        var spec = CanonicalJson.Read<SweepSpec>(transaction.FindSweep(job.Id.Sweep)!.SpecJson);
        var fruitless = job.HasProgressed ? 0 : job.AttemptsWithoutProgress + 1;
        if (failure.IsPermanent || fruitless >= spec.Execution.MaxAttempts)
        {
            GiveUp(transaction, job, failure.IsPermanent ? failure.Message : $"{failure.Message} ({fruitless} attempts without progress)");
            return;
        }

        var backoff = FirstBackoff * Math.Pow(2, Math.Max(0, fruitless - 1));
        var waiting = LeaseRules.Requeued(job, time.GetUtcNow() + (backoff < LongestBackoff ? backoff : LongestBackoff)) with { AttemptsWithoutProgress = fruitless };
        transaction.UpdateJob(waiting);
        if (job.Kind == JobKind.Train && fruitless >= AttemptsBeforeSplit)
        {
            Split(transaction, waiting);
        }

        transaction.UpdateSweep(transaction.FindSweep(job.Id.Sweep)!);
    }

    private void GiveUp(IStoreTransaction transaction, JobRecord job, string reason)
    {
        if (job.Kind == JobKind.Profile)
        {
            SweepEnding.End(transaction, job.Id.Sweep, SweepState.Failed, TrialState.Cancelled, reason, time.GetUtcNow());
            return;
        }

        foreach (var trial in transaction.ListTrialsOfJob(job.Id).Where(trial => !trial.State.IsFinal()))
        {
            transaction.UpdateTrial(trial.To(TrialState.Failed) with { Reason = reason, FinishedAt = time.GetUtcNow() });
        }

        stages.CloseJob(transaction, job);
    }

    /// <summary>Halves a job that fails again and again, so that one bad trial does not take the others with it. Both halves start from the beginning.</summary>
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
            AttemptsWithoutProgress = job.AttemptsWithoutProgress,
        };
        transaction.InsertJobs([half]);
        foreach (var trial in open.Skip(open.Length / 2))
        {
            transaction.UpdateTrial(trial with { Job = half.Id.Number });
        }

        SweepEnding.GiveUpCheckpoints(transaction, job.Id);
        transaction.UpdateSweep(sweep with { JobCount = sweep.JobCount + 1, OpenJobs = sweep.OpenJobs + 1 });
    }
}
