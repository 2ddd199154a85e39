using System.Globalization;
using System.Text;
using CloudSweep.Worker.Data.Csv;
using CloudSweep.Worker.Data.Libsvm;
using CloudSweep.Worker.Data.Records;
using CloudSweep.Worker.Data.Text;

namespace CloudSweep.Worker.Tests.Data.Formats;

/// <summary>A number in a text format is what <see cref="double.Parse(string, IFormatProvider)"/> makes of it, to the last bit.</summary>
public sealed class ParsedNumberTests
{
    private const int BatchSize = 20_000;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Read_ManyShapesOfNumbers_AreBitEqualToParse(int seed) => await CheckAsync(seed, 100_000, TestContext.Current.CancellationToken);

    [Fact(Explicit = true)]
    [Trait("Category", "Slow")]
    public async Task Read_TenMillionNumbers_AreBitEqualToParse() =>
        await Parallel.ForEachAsync(Enumerable.Range(3, 10), TestContext.Current.CancellationToken, async (seed, cancellationToken) => await CheckAsync(seed, 1_000_000, cancellationToken));

    private static async Task CheckAsync(int seed, int count, CancellationToken cancellationToken)
    {
        var numbers = new NumberTexts(seed);
        for (var done = 0; done < count; done += BatchSize)
        {
            var texts = new string[BatchSize];
            var expected = new double[BatchSize];
            for (var i = 0; i < BatchSize; i++)
            {
                texts[i] = numbers.Next();
                expected[i] = double.Parse(texts[i], NumberStyles.Float, CultureInfo.InvariantCulture);
            }

            await CompareAsync(texts, expected, new CsvRecords(new CsvRecordReader(Stream(texts, "0,{0}\n"), (byte)','), DataFolder.Spec with { Header = false, Label = new Core.Domain.ColumnSelector.ByIndex(0) }), cancellationToken);
            await CompareAsync(texts, expected, new LibsvmRecords(new LineReader(Stream(texts, "0 1:{0}\n")), features: 1), cancellationToken);
        }
    }

    private static MemoryStream Stream(string[] texts, string line)
    {
        var (before, after) = (line[..line.IndexOf('{', StringComparison.Ordinal)], line[(line.IndexOf('}', StringComparison.Ordinal) + 1)..]);
        var all = new StringBuilder(texts.Length * 24);
        foreach (var text in texts)
        {
            all.Append(before).Append(text).Append(after);
        }

        return new MemoryStream(Encoding.UTF8.GetBytes(all.ToString()));
    }

    private static async Task CompareAsync(string[] texts, double[] expected, IRecordReader records, CancellationToken cancellationToken)
    {
        var row = 0;
        while (await records.FillAsync(cancellationToken))
        {
            while (records.TryRead())
            {
                var kind = records.Number(1, out var number);
                if (kind != CellNumber.Number || BitConverter.DoubleToInt64Bits(number) != BitConverter.DoubleToInt64Bits(expected[row]))
                {
                    Assert.Fail($"'{texts[row]}' is {expected[row]:R} but was read as {kind} {number:R}.");
                }

                row++;
            }
        }

        Assert.Equal(texts.Length, row);
    }
}
