using System.IO.Compression;

namespace CloudSweep.Cli.Generation;

/// <summary>Writes the shards of a data set, several at once; the bytes do not depend on how many.</summary>
internal sealed class DatasetWriter(SyntheticDataset dataset, ShardCut cut)
{
    private long _rows;

    /// <summary>Rows written so far.</summary>
    public long RowsWritten => Interlocked.Read(ref _rows);

    /// <summary>Returns when every shard is complete and on the disk, under its temporary name.</summary>
    public Task WriteAsync(ShardFolder folder, CancellationToken cancellationToken) => Parallel.ForAsync(
        0,
        cut.Shards,
        new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount, CancellationToken = cancellationToken },
        (shard, token) =>
        {
            Write(shard, folder, token);
            return ValueTask.CompletedTask;
        });

    private void Write(int shard, ShardFolder folder, CancellationToken cancellationToken)
    {
        using var file = folder.Create(shard);
        using (var text = cut.IsGzip ? Compressed(file) : null)
        {
            var (first, end) = (cut.FirstRow(shard, dataset.Settings.Rows), cut.FirstRow(shard + 1, dataset.Settings.Rows));
            if (cut.IsLibsvm)
            {
                new LibsvmShardWriter(text ?? file, Count).Write(dataset, first, end, cancellationToken);
            }
            else
            {
                new CsvShardWriter(text ?? file, Count).Write(dataset, first, end, cancellationToken);
            }
        }

        if (file is FileStream onDisk)
        {
            onDisk.Flush(flushToDisk: true);
        }
    }

    private void Count(long rows) => Interlocked.Add(ref _rows, rows);

    // .NET writes no name and no time, so the bytes repeat; another version of .NET's zlib may compress differently, to the same text.
    private static GZipStream Compressed(Stream file) => new(file, CompressionLevel.Optimal, leaveOpen: true);
}
