using CloudSweep.Cli.Generation;

namespace CloudSweep.Cli.Tests.Generation;

public sealed class ShardCutTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(10, 4)]
    [InlineData(1_000_000_000_000, 99_999)]
    public void FirstRow_AllShards_CoverEveryRowAndDifferByOneAtMost(long rows, int shards)
    {
        var cut = new ShardCut(shards, IsGzip: false);

        var sizes = Enumerable.Range(0, shards).Select(shard => cut.FirstRow(shard + 1, rows) - cut.FirstRow(shard, rows)).ToList();

        Assert.Equal(0, cut.FirstRow(0, rows));
        Assert.Equal(rows, sizes.Sum());
        Assert.InRange(sizes.Max() - sizes.Min(), 0, 1);
        Assert.True(sizes.Min() > 0);
    }

    [Theory]
    [InlineData("part-00000-of-00004.csv", true)]
    [InlineData(".part-00000-of-00004.csv.gz.tmp", true)]
    [InlineData("part-00000-of-00004.svm.gz", true)]
    [InlineData("part-00000-of-00004.parquet", false)]
    [InlineData("part-00000-of-00004.csv.tmp", false)]
    [InlineData("part-000.csv", false)]
    [InlineData("notes.txt", false)]
    public void IsShardName_Name_OnlyOurs(string name, bool expected) => Assert.Equal(expected, ShardCut.IsShardName(name));
}
