using CloudSweep.Core.Domain;
using CloudSweep.Core.Ports.Store;
using CloudSweep.Core.Verdicts;

namespace CloudSweep.Coordinator.Application;

/// <summary>Ends a whole sweep before its time: every open trial and job becomes final in the same transaction.</summary>
internal static class SweepEnding
{
    public static SweepRecord End(IStoreTransaction transaction, SweepId id, SweepState state, TrialState openTrials, string reason, DateTimeOffset now, bool isInputAtFault = false)
    {
        foreach (var trial in transaction.ListTrials(id).Where(trial => !trial.State.IsFinal()))
        {
            transaction.UpdateTrial(trial.To(openTrials) with { Reason = reason, FinishedAt = now });
        }

        foreach (var job in transaction.ListJobs(id).Where(job => job.State != JobState.Finished))
        {
            Close(transaction, job);
        }

        var sweep = transaction.FindSweep(id)!;
        TrialModels.GiveUpOthers(transaction, id, Winner.Models(SweepReader.Answer(transaction, sweep)));
        return transaction.UpdateSweep(sweep.To(state) with { Reason = reason, FinishedAt = now, OpenJobs = 0, IsInputAtFault = isInputAtFault });
    }

    /// <summary>Finishes a job and gives its checkpoints up. The lease id stays, so that the holder hears that it is over instead of an error.</summary>
    public static void Close(IStoreTransaction transaction, JobRecord job)
    {
        transaction.UpdateJob(job.To(JobState.Finished) with { FinishedToken = job.FencingToken, LeaseExpiresAt = null, AcquireRequestId = null });
        GiveUpCheckpoints(transaction, job.Id);
    }

    public static void GiveUpCheckpoints(IStoreTransaction transaction, JobId job)
    {
        foreach (var checkpoint in transaction.ListCheckpoints(job).Where(checkpoint => checkpoint is { IsObsolete: false, Trial: null }))
        {
            transaction.PutCheckpoint(checkpoint with { IsObsolete = true });
        }
    }
}
