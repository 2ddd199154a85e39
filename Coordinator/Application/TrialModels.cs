using CloudSweep.Core.Domain;
using CloudSweep.Core.Ports.Store;

namespace CloudSweep.Coordinator.Application;

/// <summary>The weights that trials ended with: kept from a trial's final report on, and after the sweep's end only for those that people may want.</summary>
internal static class TrialModels
{
    /// <summary>Registers the model of a trial that has just become final. The first final report decides, as it does about the outcome.</summary>
    public static void Keep(IStoreTransaction transaction, ProgressReport report, int trial)
    {
        if (report.Models.FirstOrDefault(model => model.Trial == trial) is var (_, name, step, sizeBytes))
        {
            transaction.PutCheckpoint(new CheckpointRecord(name, report.Claim.Job, report.Claim.FencingToken, step, sizeBytes, IsObsolete: false, trial));
        }
    }

    /// <summary>The model of a trial; null when it has none.</summary>
    public static CheckpointRecord? Find(IStoreView view, SweepId sweep, int trial) => view.FindTrial(sweep, trial) is { } record
        ? view.ListCheckpoints(new JobId(sweep, record.Job)).FirstOrDefault(checkpoint => checkpoint.Trial == trial && !checkpoint.IsObsolete)
        : null;

    /// <summary>Gives up the models of all trials but these.</summary>
    public static void GiveUpOthers(IStoreTransaction transaction, SweepId sweep, IReadOnlySet<int> kept)
    {
        foreach (var job in transaction.ListJobs(sweep))
        {
            foreach (var model in transaction.ListCheckpoints(job.Id).Where(model => model is { IsObsolete: false, Trial: { } trial } && !kept.Contains(trial)))
            {
                transaction.PutCheckpoint(model with { IsObsolete = true });
            }
        }
    }
}
