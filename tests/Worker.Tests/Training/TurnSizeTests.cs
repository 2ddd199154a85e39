using CloudSweep.Worker.Training;
using CsCheck;

namespace CloudSweep.Worker.Tests.Training;

public sealed class TurnSizeTests
{
    [Theory]
    [InlineData(new long[] { 32 }, 2048)]
    [InlineData(new long[] { 32, 128 }, 8192)]
    [InlineData(new long[] { 48, 64 }, 12288)]
    [InlineData(new long[] { 1 }, 64)]
    [InlineData(new long[] { 32, 60_000 }, 2048)]
    [InlineData(new long[] { 60_000 }, 26214)]
    [InlineData(new long[] { 25_000, 24_999 }, 25_000)]
    public void Rows_FortyFeatures_HoldWholeBatchesWhereTheyFit(long[] batchSizes, int expected) =>
        Assert.Equal(expected, TurnSize.Rows(featureCount: 40, trainRows: 60_000, batchSizes));

    [Fact]
    public void Rows_AnyBatchSizes_FillNoMoreThanTheTurn() =>
        Gen.Select(Gen.Int[1, 100_000], Gen.Long[1, 1_000_000], Gen.Long[1, 1_000_000].Array[1, 5]).Sample((features, trainRows, batchSizes) =>
        {
            var rows = TurnSize.Rows(features, trainRows, batchSizes);

            Assert.InRange(rows, 1, Math.Max(64, Math.Min(trainRows, (4 << 20) / (4L * features))));
        });
}
