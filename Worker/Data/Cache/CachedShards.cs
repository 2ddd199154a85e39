using CloudSweep.Core.Domain;
using CloudSweep.Worker.Data.Profiling;

namespace CloudSweep.Worker.Data.Cache;

/// <summary>Opens the block file of any shard, filling it from text when it is missing.</summary>
internal sealed class CachedShards(BlockCache cache, ShardPass pass)
{
    private const int Tries = 3;

    /// <exception cref="DataErrorException">The text breaks a rule.</exception>
    /// <exception cref="DataChangedException">The text is not the version in the table.</exception>
    public async Task<BlockFile> OpenAsync(Shard shard, DataSpec data, DataCounters counters, CancellationToken cancellationToken)
    {
        var key = CacheKey.Of(shard, data);
        for (var i = 0; i < Tries; i++)
        {
            if (cache.TryOpen(key) is { } file)
            {
                return file;
            }

            await pass.RunAsync(shard, data, counters, cancellationToken);
        }

        return cache.TryOpen(key) ?? throw new CacheUnavailableException("Cached blocks vanish before they can be read; raise Data:CacheSizeLimitBytes.");
    }

    public void Discard(Shard shard, DataSpec data, CorruptBlockException reason) => cache.Discard(CacheKey.Of(shard, data), reason);
}
