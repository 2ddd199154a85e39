using System.Globalization;
using System.IO.Compression;
using System.Text;
using Parquet;
using Parquet.Schema;

namespace CloudSweep.Benchmarks.Text;

/// <summary>
/// Rows of a class (0 to 9) and 40 numbers as programs write them: most with a sign or not, 1 to 3 digits, a point and 6 more, every eighth with an exponent.
/// </summary>
internal sealed class FloatTable
{
    public const int Features = 40;

    private const int RowsPerGroup = 16_384;

#pragma warning disable CA5394 // Reproducible, not secret.
    public FloatTable(int rows, int seed)
    {
        Rows = rows;
        Cells = new (int Start, int Length)[rows * Features];
        var random = new Random(seed);
        using var text = new MemoryStream();
        text.Write(Encoding.UTF8.GetBytes("label," + string.Join(',', Enumerable.Range(0, Features).Select(feature => $"x{feature}")) + "\n"));
        Span<byte> cell = stackalloc byte[32];
        for (var row = 0; row < rows; row++)
        {
            text.WriteByte((byte)('0' + random.Next(10)));
            for (var feature = 0; feature < Features; feature++)
            {
                text.WriteByte((byte)',');
                var hasExponent = feature % 8 == 7;
                var value = (random.NextDouble() - 0.5) * (hasExponent ? 1e-4 : Math.Pow(10, 1 + (feature % 3)) * 2);
                value.TryFormat(cell, out var length, hasExponent ? "E6" : "F6", CultureInfo.InvariantCulture);
                Cells[(row * Features) + feature] = ((int)text.Length, length);
                text.Write(cell[..length]);
            }

            text.WriteByte((byte)'\n');
        }

        Text = text.ToArray();
    }
#pragma warning restore CA5394

    public int Rows { get; }

    public int Floats => Rows * Features;

    public byte[] Text { get; }

    /// <summary>Where the numbers are in the text, row by row.</summary>
    public (int Start, int Length)[] Cells { get; }

    public ReadOnlySpan<byte> Cell(int index) => Text.AsSpan(Cells[index].Start, Cells[index].Length);

    /// <summary>The text as one gzip member, compressed as the gzip program does without options.</summary>
    public byte[] Gzip()
    {
        using var stored = new MemoryStream();
        using (var gzip = new GZipStream(stored, CompressionLevel.Optimal))
        {
            gzip.Write(Text);
        }

        return stored.ToArray();
    }

    /// <summary>The numbers as float64 columns, compressed by Snappy, the library's default.</summary>
    public async Task<byte[]> ParquetAsync()
    {
        var label = new DataField<int>("label");
        var fields = Enumerable.Range(0, Features).Select(feature => new DataField<double>($"x{feature}")).ToArray();
        using var stored = new MemoryStream();
        await using (var writer = await ParquetWriter.CreateAsync(new ParquetSchema([label, .. fields]), stored))
        {
            foreach (var rows in Enumerable.Range(0, Rows).Chunk(RowsPerGroup))
            {
                using var group = writer.CreateRowGroup();
                await group.WriteAsync<int>(label, rows.Select(row => Text[Cells[row * Features].Start - 2] - '0').ToArray());
                foreach (var (feature, field) in fields.Index())
                {
                    await group.WriteAsync<double>(field, rows.Select(row => double.Parse(Cell((row * Features) + feature), NumberStyles.Float, CultureInfo.InvariantCulture)).ToArray());
                }
            }
        }

        return stored.ToArray();
    }
}
