using CloudSweep.Core.Domain;
using CloudSweep.Core.Planning;
using CloudSweep.Core.Ports.Store;

namespace CloudSweep.Coordinator.Application;

/// <summary>Stores a sweep's trials in chunks and its profile jobs. Goes on where an earlier call was cut off.</summary>
internal sealed class SweepExpansion(ISweepStore store, TimeProvider time)
{
    private const int TrialsPerChunk = 1_000;

    /// <summary>Nothing to do where there is no such sweep, or it is final.</summary>
    public async Task CompleteAsync(SweepId id, CancellationToken cancellationToken)
    {
        while (!await store.WriteAsync(transaction => AddChunk(transaction, id), cancellationToken))
        {
        }
    }

    private bool AddChunk(IStoreTransaction transaction, SweepId id)
    {
        if (transaction.FindSweep(id) is not { IsExpanded: false } sweep || sweep.State.IsFinal())
        {
            return true;
        }

        var stored = transaction.CountTrials(id).Values.Sum();
        var chunk = TrialExpander.Expand(SweepDocuments.SpecOf(sweep)).Skip(stored).Take(TrialsPerChunk)
            .Select(trial => new TrialRecord { Sweep = id, Number = trial.Number, Parameters = trial.Parameters }).ToArray();
        transaction.InsertTrials(id, chunk);
        if (stored + chunk.Length < sweep.TrialCount)
        {
            return false;
        }

        var jobs = ProfileJobs.For(sweep, CanonicalJson.Read<ShardTable>(sweep.ShardTableJson).Shards, time.GetUtcNow());
        transaction.InsertJobs(jobs);
        transaction.UpdateSweep(sweep with { IsExpanded = true, JobCount = jobs.Count, OpenJobs = jobs.Count });
        return true;
    }
}
