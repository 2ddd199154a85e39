using CloudSweep.Core.Domain;
using CloudSweep.Core.Ports;
using CloudSweep.Worker.Data.Libsvm;
using CloudSweep.Worker.Data.Streams;
using CloudSweep.Worker.Data.Text;

namespace CloudSweep.Worker.Data.Records;

/// <summary>Tells the format of a shard: by the sweep file, else by its name, else by its first bytes.</summary>
internal sealed class FormatFinder(IShardSource source)
{
    public async Task<DataFormat> FindAsync(Shard shard, DataSpec data, CancellationToken cancellationToken)
    {
        var format = data.Format != DataFormat.Auto ? data.Format : ShardName.FormatOf(shard.Uri);
        return format != DataFormat.Auto ? format : await LookAsync(shard, cancellationToken);
    }

    private async Task<DataFormat> LookAsync(Shard shard, CancellationToken cancellationToken)
    {
        var stored = await source.OpenAsync(shard, cancellationToken);
        using var lines = new LineReader(TextStreams.Open(stored, shard.Uri));
        try
        {
            while (await lines.FillAsync(cancellationToken))
            {
                while (lines.TryRead())
                {
                    if (lines.Number == 1 && lines.Line.StartsWith("PAR1"u8))
                    {
                        return DataFormat.Parquet;
                    }

                    if (!LibsvmLine.ContentOf(lines.Line).IsEmpty)
                    {
                        return LibsvmLine.Looks(lines.Line) ? DataFormat.Libsvm : DataFormat.Csv;
                    }
                }
            }
        }
        catch (RecordFormatException) when (lines.Number == 0)
        {
            // Not text; Parquet tells by its first bytes.
            return await StartsWithAsync(shard, "PAR1"u8.ToArray(), cancellationToken) ? DataFormat.Parquet : DataFormat.Csv;
        }

        return DataFormat.Csv;
    }

    private async Task<bool> StartsWithAsync(Shard shard, byte[] magic, CancellationToken cancellationToken)
    {
        await using var stored = await source.OpenAsync(shard, cancellationToken);
        var head = new byte[magic.Length];
        return await stored.ReadAtLeastAsync(head, magic.Length, throwOnEndOfStream: false, cancellationToken) == magic.Length && head.AsSpan().SequenceEqual(magic);
    }
}
