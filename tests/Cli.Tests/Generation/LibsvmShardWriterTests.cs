using System.Security.Cryptography;
using System.Text;
using CloudSweep.Cli.Generation;

namespace CloudSweep.Cli.Tests.Generation;

public sealed class LibsvmShardWriterTests
{
    // The bytes are a promise: a change here is a new data set for every seed.
    [Fact]
    public void Write_SmallDataset_HasTheseBytes() =>
        Assert.Equal("135d63aac17b527b47a10af37c81bd5614925e64c34e93d34ce027083e3fbfec", Convert.ToHexStringLower(SHA256.HashData(Write(Datasets.Sparse))));

    [Fact]
    public void Write_Lines_AreTheClassAndTheFeaturesThatAreNotZero()
    {
        var lines = Encoding.ASCII.GetString(Write(Datasets.Sparse)).TrimEnd('\n').Split('\n');
        var row = new SyntheticRow(Datasets.Create(Datasets.Sparse));

        Assert.Equal(Datasets.Sparse.Rows, lines.Length);
        for (var number = 0; number < lines.Length; number++)
        {
            row.MoveTo(number);
            var entries = row.Features.ToArray().Index().Where(feature => feature.Item != 0).Select(feature => $"{feature.Index + 1}:{feature.Item / DatasetFeatures.UnitsPerOne}");
            Assert.Equal($"{row.Label} {string.Join(' ', entries)}", lines[number]);
        }
    }

    [Fact]
    public void Write_MoreThanABuffer_ReportsEveryRow()
    {
        var reported = 0L;
        new LibsvmShardWriter(Stream.Null, rows => reported += rows).Write(Datasets.Create(Datasets.Sparse), 0, 20_000, CancellationToken.None);

        Assert.Equal(20_000, reported);
    }

    private static byte[] Write(DatasetSettings settings)
    {
        using var stream = new MemoryStream();
        new LibsvmShardWriter(stream, _ => { }).Write(Datasets.Create(settings), 0, settings.Rows, CancellationToken.None);
        return stream.ToArray();
    }
}
