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

    [Fact]
    public async Task Read_ShapesAtTheEdgesOfTheFastWay_AreBitEqualToParse()
    {
        string[] texts =
        [
            "0", "-0", "-0.0", "5.", "-.5", ".5e1", "1.e5", "1e5", "1E+5", "-1e-05", "1.5e-022", "1e22", "1e23", "1.5e24", "-7e-22", "1e-23", "0e22",
            "123456789012345", "1234567890123456", "-1234567890123456", "9007199254740993", "0.12345678901234", "12345678901234.5", "123456789012345.", ".123456789012345",
            "-.123456789012345", "1.23456789012E-10", "1234567890123e1", "999999999999999", "0000000000000001", "00.5",
        ];
        var expected = texts.Select(text => double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture)).ToArray();
        using var records = Csv(texts);
        var columns = new[] { 1 };
        var value = new double[1];
        var taken = 0;
        await CompareAsync(texts, expected, Csv(texts), TestContext.Current.CancellationToken);
        for (var row = 0; await records.FillAsync(TestContext.Current.CancellationToken);)
        {
            for (; records.TryRead(); row++)
            {
                if (records.ReadNumbers(columns, value) == 1)
                {
                    Assert.Equal(BitConverter.DoubleToInt64Bits(expected[row]), BitConverter.DoubleToInt64Bits(value[0]));
                    taken++;
                }
            }
        }

        Assert.Equal(System.Runtime.Intrinsics.X86.Sse41.IsSupported, taken >= 20);
    }

    private static CsvRecords Csv(string[] texts) =>
        new(new CsvRecordReader(Stream(texts, "0,{0}\n"), (byte)','), DataFolder.Spec with { Header = false, Label = new Core.Domain.ColumnSelector.ByIndex(0) });

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

            await CompareAsync(texts, expected, Csv(texts), cancellationToken);
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
        var columns = new[] { 1 };
        var atOnce = new double[1];
        while (await records.FillAsync(cancellationToken))
        {
            while (records.TryRead())
            {
                var kind = records.Number(1, out var number);
                var isOther = records.ReadNumbers(columns, atOnce) == 1 && BitConverter.DoubleToInt64Bits(atOnce[0]) != BitConverter.DoubleToInt64Bits(expected[row]);
                if (isOther || kind != CellNumber.Number || BitConverter.DoubleToInt64Bits(number) != BitConverter.DoubleToInt64Bits(expected[row]))
                {
                    Assert.Fail($"'{texts[row]}' is {expected[row]:R} but was read as {kind} {number:R} or {atOnce[0]:R}.");
                }

                row++;
            }
        }

        Assert.Equal(texts.Length, row);
    }
}
