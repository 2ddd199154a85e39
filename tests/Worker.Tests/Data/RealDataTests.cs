using CloudSweep.Core.Domain;
using CloudSweep.Worker.Training;

namespace CloudSweep.Worker.Tests.Data;

public sealed class RealDataTests
{
    private static CancellationToken None => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Digits_EndToEnd_HasItsRowsAndClasses()
    {
        var digits = DataFolder.Digits;
        using var folder = new DataFolder(allowed: digits);
        var spec = DataFolder.Spec with { Scale = FeatureScale.Standard };

        var (table, profile) = await folder.ProfileAllAsync(Path.Combine(digits, "part-*.csv.gz"), spec);
        var rows = await folder.Rows().OpenAsync(spec, table, profile, 7, folder.Counters, None);

        Assert.Equal(["000", "001", "002", "003"], table.Shards.Select(shard => shard.Key));
        Assert.Equal(1797, profile.TrainRows() + profile.ValidationRows());
        Assert.Equal("0123456789", string.Concat(profile.Classes.Select(label => label.Label)));
        Assert.Equal(KeptOf(profile).Length, rows.FeatureCount);
        Assert.Equal(table.Shards.Sum(shard => shard.SizeBytes), folder.Counters.BytesRead);
        Assert.Equal(profile.TrainRows(), ReadMoments(rows).Rows);
    }

    [Fact]
    public async Task Digits_Statistics_EqualTwoPassesOverTheRows()
    {
        var digits = DataFolder.Digits;
        using var folder = new DataFolder(allowed: digits);
        var (table, profile) = await folder.ProfileAllAsync(Path.Combine(digits, "part-*.csv.gz"), DataFolder.Spec);
        var rows = await folder.Rows().OpenAsync(DataFolder.Spec, table, profile, 7, folder.Counters, None);

        var (count, means, squares) = ReadMoments(rows);

        var kept = KeptOf(profile);
        for (var i = 0; i < kept.Length; i++)
        {
            Assert.Equal(count, kept[i].Count);
            Assert.Equal(means[i], kept[i].Mean, 1e-12);
            Assert.Equal(squares[i], kept[i].M2, 1e-8);
        }
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task Mnist_TextPassThenCache_ReadsTextOnce()
    {
        var mnist = DataFolder.SharedData("mnist10k");
        Assert.SkipUnless(Directory.Exists(mnist), $"{mnist} is absent.");
        using var folder = new DataFolder(allowed: mnist);
        var spec = DataFolder.Spec with { Scale = FeatureScale.Standard };
        var start = TimeProvider.System.GetTimestamp();

        var (table, profile) = await folder.ProfileAllAsync(Path.Combine(mnist, "part-*.csv.gz"), spec);
        var text = TimeProvider.System.GetElapsedTime(start).TotalSeconds;
        start = TimeProvider.System.GetTimestamp();
        var rows = await folder.Rows().OpenAsync(spec, table, profile, 7, folder.Counters, None);
        var blocks = TimeProvider.System.GetElapsedTime(start).TotalSeconds;

        TestContext.Current.TestOutputHelper!.WriteLine($"text {10_000 / text:F0} rows/s, blocks {10_000 / blocks:F0} rows/s, {rows.FeatureCount} features");
        Assert.Equal(10_000, folder.Counters.TextRows);
        Assert.Equal(10_000, folder.Counters.BlockRows);
    }

    private static ColumnStatistics[] KeptOf(DataProfile profile) =>
        [.. profile.Columns.Cast<ColumnProfile.Numeric>().Select(column => column.Statistics).Where(statistics => statistics.Min < statistics.Max)];

    private static (long Rows, double[] Means, double[] Squares) ReadMoments(ITrainingRows rows)
    {
        var tile = new RowTile((int)rows.TrainRows, rows.FeatureCount);
        using var reader = rows.OpenEpoch(0, 0);
        reader.Read(tile);
        var columns = Enumerable.Range(0, rows.FeatureCount)
            .Select(feature => Enumerable.Range(0, tile.Count).Select(row => (double)tile.Features[(row * rows.FeatureCount) + feature]).ToArray())
            .ToArray();
        var means = columns.Select(column => column.Average()).ToArray();
        return (tile.Count, means, [.. columns.Select((column, i) => column.Sum(value => (value - means[i]) * (value - means[i])))]);
    }
}
