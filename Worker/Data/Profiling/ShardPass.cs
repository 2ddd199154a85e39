using CloudSweep.Core.Domain;
using CloudSweep.Core.Ports;
using CloudSweep.Worker.Data.Cache;
using CloudSweep.Worker.Data.Csv;
using CloudSweep.Worker.Data.Shards;

namespace CloudSweep.Worker.Data.Profiling;

/// <summary>One pass over a shard's text: fills its block file and learns its profile.</summary>
internal sealed class ShardPass(IShardSource source, BlockCache cache)
{
    /// <exception cref="DataErrorException">Rows break rules.</exception>
    /// <exception cref="DataChangedException">The shard is not the version in the table.</exception>
    /// <exception cref="CacheUnavailableException">The cache can't be written.</exception>
    public async Task<ShardProfile> RunAsync(Shard shard, DataSpec data, DataCounters counters, CancellationToken cancellationToken)
    {
        var mistakes = DataMistakes.For(shard);
        using var file = cache.StartFile(CacheKey.Of(shard, data));
        var rows = new ShardRows(shard, data, mistakes, counters, () => file.Begin());
        try
        {
            await ReadAsync(shard, data, rows, counters, cancellationToken);
        }
        catch (CsvFormatException exception)
        {
            mistakes.Add(exception.Line, null, exception.Message);
            mistakes.ThrowIfAny();
        }
        catch (InvalidDataException exception)
        {
            // A file that is being replaced looks corrupt as well; opening it again tells.
            await using var again = await source.OpenAsync(shard, 0, cancellationToken);
            mistakes.Add(0, null, "the gzip data is corrupt or cut off; make the file again, or take .gz off its name if it is not compressed");
            mistakes.ThrowIfAny(exception);
        }

        var profile = rows.Finish();
        file.Publish(profile);
        return profile;
    }

    private async Task ReadAsync(Shard shard, DataSpec data, ShardRows rows, DataCounters counters, CancellationToken cancellationToken)
    {
        var isGzip = shard.Uri.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);
        await using var stored = new CountingStream(await source.OpenAsync(shard, 0, cancellationToken), counters);
        await using var text = isGzip ? new SealedGzipStream(stored) : (Stream)stored;
        using var reader = new CsvRecordReader(text, (byte)data.Delimiter);
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

        await ReadToEndAsync(stored, cancellationToken);
    }

    /// <summary>The source checks the version at the stored end, which a decompressor may not reach.</summary>
    private static async Task ReadToEndAsync(CountingStream stored, CancellationToken cancellationToken)
    {
        var buffer = new byte[4096];
        while (await stored.ReadAsync(buffer, cancellationToken) > 0)
        {
        }
    }
}
