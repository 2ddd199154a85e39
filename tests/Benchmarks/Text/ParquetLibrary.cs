using CloudSweep.Benchmarks.Harness;
using Parquet;

namespace CloudSweep.Benchmarks.Text;

/// <summary>The Parquet library by itself: all columns of all row groups into arrays that are used again, on one thread.</summary>
internal static class ParquetLibrary
{
    public static async Task<Timing> ReadAsync(byte[] file, CancellationToken cancellationToken) => await Timing.OfAsync(async () =>
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
    });
}
