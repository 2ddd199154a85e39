using System.Globalization;
using System.Text;
using Parquet;
using Parquet.Schema;

namespace CloudSweep.Worker.Tests.Data.Formats;

/// <summary>Writes tables in every format.</summary>
internal static class TableFiles
{
    public static string Csv(IReadOnlyList<double[]> rows) =>
        string.Concat(rows.Select(row => string.Join(',', row.Select(Text)) + "\n"));

    /// <summary>Rows of label and features; zeros are left out.</summary>
    public static string Libsvm(IReadOnlyList<double[]> rows) => string.Concat(rows.Select(row =>
        string.Join(' ', row.Index().Where(cell => cell.Index == 0 || BitConverter.DoubleToInt64Bits(cell.Item) != 0).Select(cell => cell.Index == 0 ? Text(cell.Item) : $"{cell.Index}:{Text(cell.Item)}")) + "\n"));

    /// <summary>Columns c0, c1, … of float64 in row groups of the given size.</summary>
    public static Task<byte[]> ParquetAsync(IReadOnlyList<double[]> rows, int groupRows = 100)
    {
        var fields = Enumerable.Range(0, rows[0].Length).Select(column => new DataField<double>($"c{column}")).ToArray();
        return ParquetAsync(fields, rows.Chunk(groupRows).Select(group => group.ToArray()), async (group, chunk) =>
        {
            foreach (var (column, field) in fields.Index())
            {
                await group.WriteAsync<double>(field, chunk.Select(row => row[column]).ToArray());
            }
        });
    }

    public static async Task<byte[]> ParquetAsync<T>(IReadOnlyList<Field> fields, IEnumerable<T> groups, Func<ParquetRowGroupWriter, T, Task> write)
    {
        using var bytes = new MemoryStream();
        await using (var writer = await ParquetWriter.CreateAsync(new ParquetSchema(fields), bytes))
        {
            foreach (var rows in groups)
            {
                using var group = writer.CreateRowGroup();
                await write(group, rows);
            }
        }

        return bytes.ToArray();
    }

    public static Task PutAsync<T>(this ParquetRowGroupWriter group, Field field, params T[] values)
        where T : struct => group.WriteAsync<T>((DataField)field, values);

    public static Task PutNullableAsync<T>(this ParquetRowGroupWriter group, Field field, params T?[] values)
        where T : struct => group.WriteAsync<T>((DataField)field, values);

    public static Task PutTextAsync(this ParquetRowGroupWriter group, Field field, params string?[] values) =>
        group.WriteAsync((DataField)field, values!);

    /// <summary>A list column of int; a repetition level of 0 starts a row.</summary>
    public static Task PutListAsync(this ParquetRowGroupWriter group, Field field, params (int Value, int RepetitionLevel)[] items) =>
        group.WriteAsync<int>((DataField)field, items.Select(item => item.Value).ToArray(), items.Select(item => item.RepetitionLevel).ToArray());

    public static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
