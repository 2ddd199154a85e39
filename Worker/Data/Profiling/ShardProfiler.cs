using CloudSweep.Core.Domain;
using CloudSweep.Worker.Data.Cache;

namespace CloudSweep.Worker.Data.Profiling;

/// <summary>Profiles by the block file where there is one, else by a pass over the text.</summary>
internal sealed class ShardProfiler(BlockCache cache, ShardPass pass) : IShardProfiler
{
    public async Task<ShardProfile> ProfileAsync(Shard shard, DataSpec data, DataCounters counters, CancellationToken cancellationToken)
    {
        using (var file = cache.TryOpen(CacheKey.Of(shard, data)))
        {
            if (file is not null)
            {
                return file.Profile;
            }
        }

        return await Task.Run(() => pass.RunAsync(shard, data, counters, cancellationToken), cancellationToken);
    }
}
