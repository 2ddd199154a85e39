using CloudSweep.Core.Domain;
using CloudSweep.Core.Ports;
using CloudSweep.Core.Ports.Objects;
using CloudSweep.Worker.Data.Cache;
using CloudSweep.Worker.Data.Records;

namespace CloudSweep.Worker.Data.Profiling;

/// <summary>One pass over a shard: fills its block file and learns its profile.</summary>
internal sealed class ShardPass(IShardSource source, BlockCache cache)
{
    private readonly RecordReaderFactory _readers = new(source) { ReadsAhead = true };

    /// <exception cref="DataErrorException">Rows break rules.</exception>
    /// <exception cref="DataChangedException">The shard is not the version in the table.</exception>
    /// <exception cref="StorageException">The store is busy or unreachable, or gave wrong bytes.</exception>
    /// <exception cref="CacheUnavailableException">The cache can't be written.</exception>
    public async Task<ShardProfile> RunAsync(Shard shard, DataSpec data, DataCounters counters, CancellationToken cancellationToken)
    {
        try
        {
            return await RunOnceAsync(shard, data, counters, cancellationToken);
        }
        catch (DataErrorException) when (shard.Crc32C is not null)
        {
            // Bytes are found right or wrong at the end, and a mistake may end the reading before: it is one only if it is found twice.
            return await RunOnceAsync(shard, data, counters, cancellationToken);
        }
    }

    private async Task<ShardProfile> RunOnceAsync(Shard shard, DataSpec data, DataCounters counters, CancellationToken cancellationToken)
    {
        var mistakes = DataMistakes.For(shard);
        using var file = cache.StartFile(CacheKey.Of(shard, data));
        using var rows = new ShardRows(shard, data, mistakes, counters, () => file.Begin());
        try
        {
            await ReadAsync(shard, data, rows, counters, cancellationToken);
            var profile = rows.Finish();
            file.Publish(profile);
            return profile;
        }
        catch (RecordFormatException exception)
        {
            await _readers.CheckVersionAsync(shard, cancellationToken);
            mistakes.Add(exception.Place, null, exception.Message);
            mistakes.ThrowIfAny(exception);
            throw;
        }
    }

    private async Task ReadAsync(Shard shard, DataSpec data, ShardRows rows, DataCounters counters, CancellationToken cancellationToken)
    {
        using var reader = await _readers.OpenAsync(shard, data, counters, cancellationToken);
        while (await reader.FillAsync(cancellationToken))
        {
            while (reader.TryRead())
            {
                if (!rows.Accept(reader))
                {
                    return;
                }
            }
        }
    }
}
