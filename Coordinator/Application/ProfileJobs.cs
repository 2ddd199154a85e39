using CloudSweep.Core.Domain;
using CloudSweep.Core.Ports.Store;

namespace CloudSweep.Coordinator.Application;

/// <summary>Cuts shards into jobs that profile them: one job for little data; else shards in key order, about 256 MB to a job.</summary>
internal static class ProfileJobs
{
    private const long BytesOfOneJob = 64L << 20;
    private const long BytesPerJob = 256L << 20;

    /// <param name="sweep">The sweep; its jobs are numbered on from those that it has.</param>
    /// <param name="shards">Shards without a profile.</param>
    /// <param name="now">When they may be granted.</param>
    public static IReadOnlyList<JobRecord> For(SweepRecord sweep, IReadOnlyList<Shard> shards, DateTimeOffset now)
    {
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

        return [.. groups.Where(keys => keys.Count > 0).Select((keys, index) => new JobRecord
        {
            Id = new JobId(sweep.Id, sweep.JobCount + index + 1),
            Kind = JobKind.Profile,
            ShardKeys = keys,
            EligibleAt = now,
        })];
    }
}
