using CloudSweep.Core.Domain;
using CloudSweep.Core.Planning;
using CloudSweep.Core.Ports.Store;

namespace CloudSweep.Coordinator.Application;

/// <summary>Stores a sweep's trials in chunks and its profile jobs. Goes on where an earlier call was cut off.</summary>
internal sealed class SweepExpansion(ISweepStore store, TimeProvider time)
{
    private const int TrialsPerChunk = 1_000;
    private const long BytesOfOneJob = 64L << 20;
    private const long BytesPerJob = 256L << 20;

    public async Task CompleteAsync(SweepId id, CancellationToken cancellationToken)
    {
        while (!await store.WriteAsync(transaction => AddChunk(transaction, id), cancellationToken))
        {
        }
    }

    private bool AddChunk(IStoreTransaction transaction, SweepId id)
    {
        var sweep = transaction.FindSweep(id)!;
        if (sweep.IsExpanded || sweep.State.IsFinal())
        {
            return true;
        }

        var stored = transaction.CountTrials(id).Values.Sum();
        var chunk = TrialExpander.Expand(CanonicalJson.Read<SweepSpec>(sweep.SpecJson)).Skip(stored).Take(TrialsPerChunk)
            .Select(trial => new TrialRecord { Sweep = id, Number = trial.Number, Parameters = trial.Parameters }).ToArray();
        transaction.InsertTrials(id, chunk);
        if (stored + chunk.Length < sweep.TrialCount)
        {
            return false;
        }

        var jobs = ProfileJobs(sweep).ToArray();
        transaction.InsertJobs(jobs);
        transaction.UpdateSweep(sweep with { IsExpanded = true, JobCount = jobs.Length, OpenJobs = jobs.Length });
        return true;
    }

    /// <summary>One job for a small data set; else shards in key order, about 256 MB to a job.</summary>
    private IEnumerable<JobRecord> ProfileJobs(SweepRecord sweep)
    {
        var shards = CanonicalJson.Read<ShardTable>(sweep.ShardTableJson).Shards;
        var isSmall = shards.Sum(shard => shard.SizeBytes) < BytesOfOneJob;
        var groups = new List<List<string>> { new() };
        var bytes = 0L;
        foreach (var shard in shards)
        {
            if (!isSmall && groups[^1].Count > 0 && bytes + shard.SizeBytes > BytesPerJob)
            {
                groups.Add([]);
                bytes = 0;
            }

            groups[^1].Add(shard.Key);
            bytes += shard.SizeBytes;
        }

        return groups.Select((keys, index) => new JobRecord
        {
            Id = new JobId(sweep.Id, index + 1),
            Kind = JobKind.Profile,
            ShardKeys = keys,
            EligibleAt = time.GetUtcNow(),
        });
    }
}
