using CloudSweep.Benchmarks.Text;
using CloudSweep.Core.Domain;
using CloudSweep.Worker.Data;
using CloudSweep.Worker.Data.Parquet;
using CloudSweep.Worker.Data.Records;
using CloudSweep.Worker.Data.Streams;
using Parquet.Schema;

namespace CloudSweep.Worker.Tests.Data.Formats;

/// <summary>Many numbers at once are those that are read one by one.</summary>
public sealed class ParquetNumbersTests
{
    private static readonly int[] GroupRows = [1, 63, 64, 65, 200];

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(8)]
    [InlineData(9)]
    [InlineData(25)]
    public async Task ReadNumbers_AnyRunOfCells_IsWhatNumberGives(int columns)
    {
        using var records = await OpenAsync(columns);
        var (rows, stopped) = (0, 0);
        while (await records.FillAsync(TestContext.Current.CancellationToken))
        {
            while (records.TryRead())
            {
                rows++;
                foreach (var cells in Runs(columns))
                {
                    var values = new double[cells.Length];
                    var read = records.ReadNumbers(cells, values);

                    Assert.Equal(cells.TakeWhile(cell => IsFinite(records, cell, out _)).Count(), read);
                    Assert.All(cells.Take(read).Index(), cell => Assert.Equal(Bits(records, cell.Item), BitConverter.DoubleToInt64Bits(values[cell.Index])));
                    stopped += read < cells.Length ? 1 : 0;
                }
            }
        }

        Assert.Equal(GroupRows.Sum(), rows);
        Assert.InRange(stopped, 1, rows * 4);
    }

    /// <summary>A text and a label between numbers must not make up for each other: the label would be read as a feature.</summary>
    [Fact]
    public async Task ReadNumbers_TextAndLabelBetween_StopsAtTheText()
    {
        Field[] fields = [new DataField<double>("x"), new DataField<string>("zip"), new DataField<int>("label"), new DataField<double>("w")];
        using var records = await OpenAsync(await TableFiles.ParquetAsync(fields, [2], async (group, _) =>
        {
            await group.PutAsync(fields[0], 0.5, 1.5);
            await group.PutTextAsync(fields[1], "94110", "10001");
            await group.PutAsync(fields[2], 7, 8);
            await group.PutAsync(fields[3], 2.5, 3.5);
        }));
        await records.FillAsync(TestContext.Current.CancellationToken);
        records.TryRead();
        var values = new double[3];

        Assert.Equal(1, records.ReadNumbers([0, 1, 3], values));
        Assert.Equal(0.5, values[0]);
    }

    /// <summary>All cells but the label, the first of them, the last, every other one, none.</summary>
    private static int[][] Runs(int columns)
    {
        int[] all = [.. Enumerable.Range(1, columns)];
        return [all, all[..1], all[^1..], [.. all.Where(cell => cell % 2 == 1)], []];
    }

    private static bool IsFinite(IRecordReader records, int cell, out double value) => records.Number(cell, out value) == CellNumber.Number && double.IsFinite(value);

    private static long Bits(IRecordReader records, int cell) => IsFinite(records, cell, out var value) ? BitConverter.DoubleToInt64Bits(value) : throw new InvalidOperationException("No number.");

    /// <summary>A label of whole numbers, and columns by turns of float64, of float32, and of whole numbers that may be missing; now and then a number is not finite.</summary>
    private static async Task<IRecordReader> OpenAsync(int columns)
    {
        Field[] fields = [new DataField<int>("label"), .. Enumerable.Range(0, columns).Select<int, Field>(column => (column % 3) switch
        {
            0 => new DataField<double>($"c{column}"),
            1 => new DataField<float>($"c{column}"),
            _ => new DataField<int?>($"c{column}"),
        })];
#pragma warning disable CA5394 // Reproducible, not secret.
        var random = new Random(columns);
        var bytes = await TableFiles.ParquetAsync(fields, GroupRows, async (group, rows) =>
        {
            double Next() => random.Next(50) == 0 ? double.NegativeInfinity : random.Next(50) == 0 ? double.NaN : random.NextDouble() - 0.5;
            await group.PutAsync(fields[0], [.. Enumerable.Range(0, rows)]);
            for (var column = 1; column <= columns; column++)
            {
                await (((column - 1) % 3) switch
                {
                    0 => group.PutAsync<double>(fields[column], [.. Enumerable.Range(0, rows).Select(_ => Next())]),
                    1 => group.PutAsync<float>(fields[column], [.. Enumerable.Range(0, rows).Select(_ => (float)Next())]),
                    _ => group.PutNullableAsync<int>(fields[column], [.. Enumerable.Range(0, rows).Select(_ => random.Next(20) == 0 ? null : (int?)random.Next())]),
                });
            }
        });
#pragma warning restore CA5394
        return await OpenAsync(bytes);
    }

    private static async Task<IRecordReader> OpenAsync(byte[] bytes)
    {
        var spec = DataFolder.Spec with { Label = new ColumnSelector.ByName("label") };
        return await new ParquetOpener(new SchemaResolver(spec), new DataMistakes("", mayQuote: false))
            .OpenAsync(new SectionStream(new MemoryRanges(bytes), new DataCounters()), TestContext.Current.CancellationToken);
    }
}
