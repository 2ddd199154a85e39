using CloudSweep.Core.Domain;
using CloudSweep.Core.Ports;
using CloudSweep.Worker.Data.Csv;
using CloudSweep.Worker.Data.Streams;

namespace CloudSweep.Worker.Data.Records;

/// <summary>Opens shards of any format.</summary>
internal sealed class RecordReaderFactory(IShardSource source)
{
    /// <exception cref="DataErrorException">The shard can't be read.</exception>
    /// <exception cref="DataChangedException">The shard is not the version in the table.</exception>
    public async Task<IRecordReader> OpenAsync(Shard shard, DataSpec data, DataCounters counters, CancellationToken cancellationToken)
    {
        var stored = new CountingStream(await source.OpenAsync(shard, 0, cancellationToken), counters);
        var text = shard.Uri.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new SealedGzipStream(stored) : (Stream)stored;
        return new CsvRecords(new CsvRecordReader(text, (byte)data.Delimiter), data);
    }

    /// <summary>Tells a shard that changed, which looks corrupt to its reader, from a corrupt one.</summary>
    /// <exception cref="DataChangedException">The shard is not the version in the table.</exception>
    public async Task CheckVersionAsync(Shard shard, CancellationToken cancellationToken)
    {
        await using var again = await source.OpenAsync(shard, 0, cancellationToken);
    }
}
