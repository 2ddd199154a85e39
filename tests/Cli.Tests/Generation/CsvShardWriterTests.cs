using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using CloudSweep.Cli.Generation;

namespace CloudSweep.Cli.Tests.Generation;

public sealed class CsvShardWriterTests
{
    // The bytes are a promise: a change here is a new data set for every seed.
    [Theory]
    [InlineData("Teacher", 4, "1a9e4d881471f6367d2be3d5235907b94fd06a193640d6deea193176311533d5")]
    [InlineData("Linear", 0, "de2081cfb30f85ba151a6c70ad88a7f306afa322c73e043549e38e3328326417")]
    [InlineData("Linear", 3, "4c9978331212cda66040f117ff55aa734a070aa17dceea1aa1c94352c6abf9b7")]
    public void Write_SmallDataset_HasTheseBytes(string kind, int classes, string sha256)
    {
        var bytes = Write(Datasets.Teacher with { Kind = Enum.Parse<DatasetKind>(kind), Classes = classes });

        Assert.Equal(sha256, Convert.ToHexStringLower(SHA256.HashData(bytes)));
    }

    [Fact]
    public void Write_Numbers_AreTheRowsInFourDecimals()
    {
        var lines = Encoding.ASCII.GetString(Write(Datasets.Linear)).TrimEnd('\n').Split('\n');
        var row = new SyntheticRow(Datasets.Create(Datasets.Linear));

        Assert.Equal("x1,x2,x3,x4,x5,x6,label", lines[0]);
        Assert.Equal(Datasets.Linear.Rows + 1, lines.Length);
        for (var number = 0; number < Datasets.Linear.Rows; number++)
        {
            row.MoveTo(number);
            var expected = row.Features.ToArray().Append(row.Label).Select(units => ((decimal)units / DatasetFeatures.UnitsPerOne).ToString("F4", CultureInfo.InvariantCulture));
            Assert.Equal(expected, lines[number + 1].Split(','));
        }
    }

    [Fact]
    public void Write_MoreThanABuffer_ReportsEveryRow()
    {
        var reported = 0L;
        new CsvShardWriter(Stream.Null, rows => reported += rows).Write(Datasets.Create(Datasets.Teacher), 0, 20_000, CancellationToken.None);

        Assert.Equal(20_000, reported);
    }

    private static byte[] Write(DatasetSettings settings)
    {
        using var stream = new MemoryStream();
        new CsvShardWriter(stream, _ => { }).Write(Datasets.Create(settings), 0, settings.Rows, CancellationToken.None);
        return stream.ToArray();
    }
}
