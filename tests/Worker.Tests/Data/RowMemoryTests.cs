using System.Globalization;
using System.Text;
using CloudSweep.Core.Domain;
using CloudSweep.Worker.Data.Rows;
using CloudSweep.Worker.Training;

namespace CloudSweep.Worker.Tests.Data;

/// <summary>What a small memory budget, or one thread, changes about the rows: nothing but when they are decoded.</summary>
public sealed class RowMemoryTests : IDisposable
{
    private const int Shards = 3;
    private const int RowsPerShard = 30_000;

    private readonly DataFolder _folder = new();

    private static CancellationToken None => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(3_000_000, 1)]
    [InlineData(3_000_000, 3)]
    [InlineData(1_500_000, 2)]
    public async Task OpenEpoch_LittleMemory_IsEqual(long budget, int threads)
    {
        var ample = await OpenAsync(1L << 30, 2);
        var small = await OpenAsync(budget, threads);

        var expected = Read(ample.OpenEpoch(1, 0));

        Assert.Equal(expected, Read(small.OpenEpoch(1, 0)));
        Assert.All(new[] { 1, 4_000, 65_535, 65_536, 70_000, expected.Count }, first => Assert.Equal(expected.Skip(first), Read(small.OpenEpoch(1, first))));
        Assert.Equal(Read(ample.OpenValidation()), Read(small.OpenValidation()));
    }

    [Fact]
    public async Task OpenValidation_AfterAnEpoch_ReadsNothing()
    {
        var rows = await OpenAsync(1L << 30, 2);
        var cold = Read(rows.OpenValidation());
        var warm = await OpenAsync(1L << 30, 2);
        Read(warm.OpenEpoch(0, 0));
        var before = _folder.Counters.BlockRows;

        Assert.Equal(cold, Read(warm.OpenValidation()));
        Assert.Equal(before, _folder.Counters.BlockRows);
    }

    [Theory]
    [InlineData(1L << 30, 256, 1_000_000, 65_536, true)]
    [InlineData(64L << 20, 256, 1_000_000, 13_108, false)]
    [InlineData(64L << 20, 30_000, 1_000_000, 256, false)]
    [InlineData(64L << 20, 4, 70_000, 63_000, true)]
    public void Of_Budget_BoundsWindows(long budget, int features, int rows, int partRows, bool keepsValidation)
    {
        var profile = new DataProfile([new ShardLayout("a", [new BlockRows(rows, rows * 9 / 10)], [])], [.. Enumerable.Range(0, features).Select(index => $"{index}")], [], []);

        var memory = RowMemory.Of(budget, 0, 2, profile, features);

        Assert.Equal(new RowMemory(false, keepsValidation, partRows), memory);
    }

    public void Dispose() => _folder.Dispose();

    private async Task<ITrainingRows> OpenAsync(long budget, int threads)
    {
        for (var shard = 0; shard < Shards; shard++)
        {
            var text = new StringBuilder("label,id,u\n");
            for (var row = 0; row < RowsPerShard; row++)
            {
                var id = (shard * RowsPerShard) + row;
                text.Append(CultureInfo.InvariantCulture, $"{id % 3},{id},{id * 0.25}\n");
            }

            if (!File.Exists(Path.Combine(_folder.Data, $"part-{shard}.csv")))
            {
                _folder.Put($"part-{shard}.csv", text.ToString());
            }
        }

        var (table, profile) = await _folder.ProfileAllAsync(Path.Combine(_folder.Data, "part-*.csv"), DataFolder.Spec);
        return await _folder.Rows(residentLimit: 0, budget, threads).OpenAsync(DataFolder.Spec, table, profile, 9, _folder.Counters, None);
    }

    private static List<(float Id, int Class)> Read(IRowReader reader)
    {
        using (reader)
        {
            var rows = new List<(float, int)>();
            var tile = new RowTile(1000, 2);
            while (reader.Read(tile))
            {
                for (var row = 0; row < tile.Count; row++)
                {
                    rows.Add((tile.Features[row * 2], tile.Classes[row]));
                }
            }

            return rows;
        }
    }
}
