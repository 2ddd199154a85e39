using System.Globalization;
using System.Text;
using CloudSweep.Core.Domain;
using CloudSweep.Worker.Data.Csv;
using CloudSweep.Worker.Data.Text;
using CsCheck;

namespace CloudSweep.Worker.Tests.Data;

public sealed class CsvFormTests : IDisposable
{
    private static readonly string[] Formats = ["R", "F0", "F3", "E5", "G4", "0.00", "G17"];

    private readonly DataFolder _folder = new();

    public static TheoryData<string> SameTables => new()
    {
        "label,x,y\na,1,2\nb,3,4\n",
        "label,x,y\r\na,1,2\r\nb,3,4\r\n",
        "label,x,y\na,1,2\nb,3,4",
        "label,x,y\na,1,2\nb,3,4\n\n\r\n",
        "\uFEFFlabel,x,y\na,1,2\nb,3,4\n",
        "\"label\",\"x\",\"y\"\r\n\"a\",\"1\",\"2\"\r\n\"b\",\"3\",\"4\"\r\n",
        "label,x,y\na, 1 ,2e0\nb,+3,4.0\n",
    };

    [Theory]
    [MemberData(nameof(SameTables))]
    public async Task Profile_FormsOfOneTable_AreEqual(string text)
    {
        var profile = await _folder.ProfileAsync(text, DataFolder.Spec with { Validation = new ValidationSplit(1e-12, 0) });

        Assert.Equal(["x", "y"], profile.Features);
        Assert.Equal([new BlockRows(2, 2)], profile.Blocks);
        Assert.Equal([new ColumnProfile.Numeric(new ColumnStatistics(2, 2, 2, 1, 3)), new ColumnProfile.Numeric(new ColumnStatistics(2, 3, 2, 2, 4))], profile.Columns);
        Assert.Equal([new LabelCount("a", 1, 0), new LabelCount("b", 1, 0)], profile.Labels);
    }

    [Fact]
    public async Task Profile_GzipOfTwoMembers_ReadsBoth()
    {
        var path = _folder.Put("a.csv.gz", "label,x\n0,1\n");
        var first = await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken);
        _folder.Put("a.csv.gz", "1,2\n");
        await File.WriteAllBytesAsync(path, [.. first, .. await File.ReadAllBytesAsync(path, TestContext.Current.CancellationToken)], TestContext.Current.CancellationToken);

        var profile = await _folder.Profiler.ProfileAsync(await _folder.FindAsync("a.csv.gz"), DataFolder.Spec, _folder.Counters, TestContext.Current.CancellationToken);

        Assert.Equal(2, profile.Blocks.Sum(block => block.Rows));
    }

    [Fact]
    public async Task Profile_NoHeader_NamesByPosition()
    {
        var profile = await _folder.ProfileAsync("1;2;cat\n3;4;dog\n", DataFolder.Spec with { Label = new ColumnSelector.ByIndex(-1), Delimiter = ';' });

        Assert.Equal(["c0", "c1"], profile.Features);
        Assert.Equal(["cat", "dog"], profile.Labels.Select(label => label.Label));
    }

    [Fact]
    public async Task Profile_NoHeaderAndTextColumnExcluded_ReadsTheFirstRecordAsARow()
    {
        var profile = await _folder.ProfileAsync("id1,2,0\nid2,4,1\n", DataFolder.Spec with { Label = new ColumnSelector.ByIndex(2), Exclude = ["c0"] });

        Assert.Equal(["c1"], profile.Features);
        Assert.Equal(2, profile.Blocks.Sum(block => block.Rows));
    }

    [Fact]
    public async Task Profile_NumbersAsHeaderWhereHeaderIsSaid_AreNames()
    {
        var profile = await _folder.ProfileAsync("1,2\n0,5\n", DataFolder.Spec with { Label = new ColumnSelector.ByIndex(0), Header = true });

        Assert.Equal(["2"], profile.Features);
    }

    [Fact]
    public void Read_RandomTables_GivesTheCellsBack()
    {
        var cell = Gen.Char["ab,\"\n\r é"].Array[0, 6].Select(chars => new string(chars));
        var table = Gen.Select(Gen.Int[2, 5], Gen.Int[1, 40], Gen.Bool, Gen.Int[1, 7])
            .SelectMany((columns, rows, crlf, chunk) => cell.Array[columns].Array[rows].Select(cells => (cells, crlf, chunk)));

        table.Sample(sample =>
        {
            var end = sample.crlf ? "\r\n" : "\n";
            var text = string.Join(end, sample.cells.Select(row => string.Join(',', row.Select(value => $"\"{value.Replace("\"", "\"\"", StringComparison.Ordinal)}\"")))) + end;

            Assert.Equal(sample.cells, ReadAll(text, sample.chunk));
        });
    }

    [Fact]
    public void TryParse_AnyDouble_IsBitEqualToParse()
    {
        var formats = Gen.Int[0, Formats.Length - 1].Select(index => Formats[index]);

        Gen.Select(Gen.OneOf(Gen.Double, Gen.Int.Select(value => value / 1000.0), Gen.Double[-1, 1]), formats).Sample((value, format) =>
        {
            var text = value.ToString(format, CultureInfo.InvariantCulture);
            Assert.True(TextNumber.TryParse(Encoding.UTF8.GetBytes(text), out var parsed));
            Assert.Equal(Bits(double.Parse(text, CultureInfo.InvariantCulture)), Bits(parsed));
        });
    }

    [Theory]
    [InlineData("-0")]
    [InlineData("-0.0")]
    [InlineData(".5")]
    [InlineData("5.")]
    [InlineData("0.1234567890123456789")]
    [InlineData("9007199254740993")]
    [InlineData("000000000000000000001")]
    [InlineData("4.9e-324")]
    [InlineData("123456789012.345")]
    public void TryParse_EdgeCase_IsBitEqualToParse(string text)
    {
        Assert.True(TextNumber.TryParse(Encoding.UTF8.GetBytes(text), out var parsed));

        Assert.Equal(Bits(double.Parse(text, CultureInfo.InvariantCulture)), Bits(parsed));
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(".")]
    [InlineData("1,000")]
    [InlineData("0x10")]
    [InlineData("1.2.3")]
    [InlineData("--1")]
    public void TryParse_NoNumber_IsFalse(string text) => Assert.False(TextNumber.TryParse(Encoding.UTF8.GetBytes(text), out _));

    public void Dispose() => _folder.Dispose();

    private static long Bits(double value) => BitConverter.DoubleToInt64Bits(value);

    private static string[][] ReadAll(string text, int chunk)
    {
        using var reader = new CsvRecordReader(new TricklingStream(Encoding.UTF8.GetBytes(text), chunk), (byte)',');
        var rows = new List<string[]>();
#pragma warning disable CA2012, VSTHRD002 // The stream completes at once.
        while (reader.FillAsync(CancellationToken.None).Result)
#pragma warning restore CA2012, VSTHRD002
        {
            while (reader.TryRead())
            {
                rows.Add([.. Enumerable.Range(0, reader.CellCount).Select(index => Encoding.UTF8.GetString(reader.Cell(index)))]);
            }
        }

        return [.. rows];
    }
}
