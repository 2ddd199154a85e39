using CloudSweep.Core.Domain;

namespace CloudSweep.Core.Tests.Domain;

public sealed class ShardNameTests
{
    [Theory]
    [InlineData("a.csv", DataFormat.Csv, ShardCompression.None, "a")]
    [InlineData("a.CSV.GZ", DataFormat.Csv, ShardCompression.Gzip, "a")]
    [InlineData("a.csv.zst", DataFormat.Csv, ShardCompression.Zstandard, "a")]
    [InlineData("a.parquet", DataFormat.Parquet, ShardCompression.None, "a")]
    [InlineData("a.svm", DataFormat.Libsvm, ShardCompression.None, "a")]
    [InlineData("a.libsvm.zst", DataFormat.Libsvm, ShardCompression.Zstandard, "a")]
    [InlineData("a.b.txt", DataFormat.Auto, ShardCompression.None, "a.b.txt")]
    [InlineData("a.gz", DataFormat.Auto, ShardCompression.Gzip, "a")]
    [InlineData("a.gz.csv", DataFormat.Csv, ShardCompression.None, "a.gz")]
    [InlineData("acsv", DataFormat.Auto, ShardCompression.None, "acsv")]
    [InlineData("", DataFormat.Auto, ShardCompression.None, "")]
    public void Name_Extensions_TellFormatCompressionAndTheRest(string name, DataFormat format, ShardCompression compression, string rest) =>
        Assert.Equal((format, compression, rest), (ShardName.FormatOf(name), ShardName.CompressionOf(name), ShardName.WithoutExtensions(name)));
}
