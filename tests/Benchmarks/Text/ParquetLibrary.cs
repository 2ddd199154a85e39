using CloudSweep.Benchmarks.Harness;
using Parquet;

namespace CloudSweep.Benchmarks.Text;

/// <summary>The Parquet library by itself: all columns of all row groups into arrays that are used again.</summary>
internal static class ParquetLibrary
{
    public static Task<Timing> ReadAsync(byte[] file, CancellationToken cancellationToken) => Timing.OfAsync(() => ReadColumnsAsync(file, cancellationToken));

    /// <summary>The file several times, as often at once as there are threads.</summary>
    public static Task<Timing> ReadAsync(byte[] file, int times, int threads, CancellationToken cancellationToken) => Timing.OfAsync(() => Parallel.ForEachAsync(
        Enumerable.Range(0, times),
        new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken },
        async (_, stop) => await ReadColumnsAsync(file, stop)));

    private static async Task ReadColumnsAsync(byte[] file, CancellationToken cancellationToken)
    {
        var reader = await ParquetReader.CreateAsync(new MemoryStream(file), cancellationToken: cancellationToken);
        int[] labels = [];
        double[][] columns = [.. reader.Schema.DataFields.Skip(1).Select(_ => Array.Empty<double>())];
        for (var index = 0; index < reader.RowGroupCount; index++)
        {
            using var group = reader.OpenRowGroupReader(index);
            var rows = (int)group.RowCount;
            labels = labels.Length < rows ? new int[rows] : labels;
            await group.ReadAsync(reader.Schema.DataFields[0], labels.AsMemory(0, rows), null, cancellationToken);
            for (var column = 0; column < columns.Length; column++)
            {
                columns[column] = columns[column].Length < rows ? new double[rows] : columns[column];
                await group.ReadAsync(reader.Schema.DataFields[column + 1], columns[column].AsMemory(0, rows), null, cancellationToken);
            }
        }
    }
}
