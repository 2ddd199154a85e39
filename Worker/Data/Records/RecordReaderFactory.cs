using CloudSweep.Core.Domain;
using CloudSweep.Core.Ports;
using CloudSweep.Worker.Data.Csv;
using CloudSweep.Worker.Data.Libsvm;
using CloudSweep.Worker.Data.Parquet;
using CloudSweep.Worker.Data.Streams;
using CloudSweep.Worker.Data.Text;

namespace CloudSweep.Worker.Data.Records;

/// <summary>Opens shards of any format.</summary>
internal sealed class RecordReaderFactory(IShardSource source)
{
    private readonly FormatFinder _formats = new(source);

    /// <summary>Most text that is read ahead to learn the features of a LIBSVM shard. Default: all of it.</summary>
    public long MostBytesAhead { get; init; } = long.MaxValue;

    /// <summary>Whether text is decompressed on another thread than it is decoded on. More is read then than was decoded. Default: no.</summary>
    public bool ReadsAhead { get; init; }

    /// <inheritdoc cref="OpenAsync(Shard, DataSpec, ISchemaResolver, DataCounters, CancellationToken)"/>
    public Task<IRecordReader> OpenAsync(Shard shard, DataSpec data, DataCounters counters, CancellationToken cancellationToken) =>
        OpenAsync(shard, data, new SchemaResolver(data), counters, cancellationToken);

    /// <param name="shard">What to open.</param>
    /// <param name="data">How it is written.</param>
    /// <param name="resolver">Which columns are used, for formats that can leave the others unread.</param>
    /// <param name="counters">What was read.</param>
    /// <param name="cancellationToken">Stops.</param>
    /// <exception cref="DataErrorException">The shard can't be read, or its columns break rules.</exception>
    /// <exception cref="DataChangedException">The shard is not the version in the table.</exception>
    /// <exception cref="RecordFormatException">The shard is not of its format.</exception>
    public async Task<IRecordReader> OpenAsync(Shard shard, DataSpec data, ISchemaResolver resolver, DataCounters counters, CancellationToken cancellationToken)
    {
        switch (await _formats.FindAsync(shard, data, cancellationToken))
        {
            case DataFormat.Parquet:
                return await OpenParquetAsync(shard, resolver, counters, cancellationToken);
            case DataFormat.Libsvm:
                return await OpenLibsvmAsync(shard, data, counters, cancellationToken);
            default:
                return new CsvRecords(new CsvRecordReader(await OpenTextAsync(shard, counters, cancellationToken), (byte)data.Delimiter), data);
        }
    }

    /// <summary>Tells a shard that changed, which looks corrupt to its reader, from a corrupt one.</summary>
    /// <exception cref="DataChangedException">The shard is not the version in the table.</exception>
    public async Task CheckVersionAsync(Shard shard, CancellationToken cancellationToken)
    {
        await using var again = await source.OpenAsync(shard, cancellationToken);
    }

    private async Task<Stream> OpenTextAsync(Shard shard, DataCounters counters, CancellationToken cancellationToken)
    {
        var text = TextStreams.Open(new CountingStream(await source.OpenAsync(shard, cancellationToken), counters), shard.Uri);
        return ReadsAhead && ShardName.CompressionOf(shard.Uri) != ShardCompression.None ? new AheadStream(text) : text;
    }

    private async Task<IRecordReader> OpenParquetAsync(Shard shard, ISchemaResolver resolver, DataCounters counters, CancellationToken cancellationToken)
    {
        var ranges = await source.OpenRangesAsync(shard, cancellationToken);
        counters.AddBytesRead(ranges.OpeningBytes);
        var stream = new SectionStream(ranges, ranges.OpeningBytes > 0 ? new DataCounters() : counters);
        try
        {
            return await new ParquetOpener(resolver, DataMistakes.For(shard)).OpenAsync(stream, cancellationToken);
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }

    private async Task<IRecordReader> OpenLibsvmAsync(Shard shard, DataSpec data, DataCounters counters, CancellationToken cancellationToken)
    {
        LibsvmRules.Check(data, DataMistakes.For(shard));
        var features = data.FeatureCount
            ?? await LibsvmLine.HighestIndexAsync(await OpenTextAsync(shard, counters, cancellationToken), MostBytesAhead, cancellationToken);
        return new LibsvmRecords(new LineReader(await OpenTextAsync(shard, counters, cancellationToken)), features);
    }
}
