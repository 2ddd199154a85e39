using System.Globalization;
using System.Text;
using CloudSweep.Core.Domain;
using CloudSweep.Worker.Data.Rows;
using CloudSweep.Worker.Training;

namespace CloudSweep.Worker.Tests.Data;

public sealed class TrainingRowsTests : IDisposable
{
    private const int ShardCount = 11;
    private const int RowsPerShard = 9000;

    private readonly DataFolder _folder = new();

    private static CancellationToken None => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task OpenEpoch_ManyShards_IsAPermutationThatDiffersByEpoch(bool streamed)
    {
        var (rows, profile) = await OpenAsync(shards: 5, streamed);

        var first = ReadIds(rows.OpenEpoch(0, 0));
        var second = ReadIds(rows.OpenEpoch(1, 0));
        var held = ReadIds(rows.OpenValidation());

        Assert.Equal(profile.TrainRows(), first.Count);
        Assert.NotEqual(first, second);
        Assert.Equal(first.Order(), second.Order());
        Assert.Equal(Enumerable.Range(0, 5 * RowsPerShard), first.Concat(held).Order());
        Assert.Equal(held.Order(), held);
    }

    [Fact]
    public async Task OpenEpoch_StreamedAndResident_AreEqual()
    {
        var (streamed, _) = await OpenAsync(shards: 5, streamed: true);
        var (resident, _) = await OpenAsync(shards: 5, streamed: false);

        Assert.IsType<StreamedRows>(streamed);
        Assert.IsType<ResidentRows>(resident);
        Assert.Equal(ReadIds(resident.OpenEpoch(3, 17)), ReadIds(streamed.OpenEpoch(3, 17)));
        Assert.Equal(ReadIds(resident.OpenValidation()), ReadIds(streamed.OpenValidation()));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(65_535)]
    [InlineData(65_536)]
    [InlineData(70_001)]
    [InlineData(1_000_000)]
    public async Task OpenEpoch_FromARow_IsTheTailOfTheWhole(int firstRow)
    {
        var (rows, _) = await OpenAsync(ShardCount, streamed: true);

        var whole = ReadIds(rows.OpenEpoch(2, 0));

        Assert.Equal(whole.Skip(firstRow), ReadIds(rows.OpenEpoch(2, firstRow)));
    }

    [Fact]
    public async Task OpenEpoch_CacheLost_IsEqualAndCountsTheText()
    {
        var (rows, _) = await OpenAsync(shards: 5, streamed: true);
        var whole = ReadIds(rows.OpenEpoch(0, 0));
        var text = _folder.Counters.TextRows;
        foreach (var file in Directory.EnumerateFiles(_folder.Cache))
        {
            File.Delete(file);
        }

        Assert.Equal(whole, ReadIds(rows.OpenEpoch(0, 0)));
        Assert.Equal(text + (5 * RowsPerShard), _folder.Counters.TextRows);
    }

    [Fact]
    public async Task OpenEpoch_BlockCorrupt_HealsFromText()
    {
        var (rows, _) = await OpenAsync(shards: 2, streamed: true);
        var whole = ReadIds(rows.OpenEpoch(0, 0));
        var path = Directory.EnumerateFiles(_folder.Cache).First();
        var bytes = await File.ReadAllBytesAsync(path, None);
        bytes[200] ^= 1;
        await File.WriteAllBytesAsync(path, bytes, None);

        Assert.Equal(whole, ReadIds(rows.OpenEpoch(0, 0)));
        Assert.Equal(3 * RowsPerShard, _folder.Counters.TextRows);
    }

    [Fact]
    public async Task OpenEpoch_WholeRead_CountsEveryBlockOnce()
    {
        var (rows, _) = await OpenAsync(ShardCount, streamed: true);

        ReadIds(rows.OpenEpoch(0, 0));

        Assert.Equal(ShardCount * RowsPerShard, _folder.Counters.BlockRows);
        Assert.Equal(ShardCount * RowsPerShard, _folder.Counters.TextRows);
    }

    [Fact]
    public async Task Dispose_BeforeTheEnd_EndsThePrefetch()
    {
        var (rows, _) = await OpenAsync(ShardCount, streamed: true);
        var reader = rows.OpenEpoch(0, 0);
        reader.Read(new RowTile(10, rows.FeatureCount));

        reader.Dispose();
        reader.Dispose();

        Assert.True(_folder.Counters.BlockRows > 0);
    }

    [Fact]
    public async Task Profile_Split_HoldsOutTheFraction()
    {
        var (_, profile) = await OpenAsync(ShardCount, streamed: true);

        // Five standard deviations of the binomial count.
        var rows = (double)ShardCount * RowsPerShard;
        Assert.InRange(profile.ValidationRows(), (0.2 * rows) - (5 * Math.Sqrt(rows * 0.16)), (0.2 * rows) + (5 * Math.Sqrt(rows * 0.16)));
    }

    [Fact]
    public async Task Profile_OtherColumnsOrScale_SplitStays()
    {
        var (rows, _) = await OpenAsync(shards: 2, streamed: false);
        var ids = ReadIds(rows.OpenValidation());
        var spec = DataFolder.Spec with { Include = ["id"], Scale = FeatureScale.None };
        var (table, profile) = await _folder.ProfileAllAsync(Path.Combine(_folder.Data, "part-*.csv"), spec);

        var narrow = await _folder.Rows().OpenAsync(spec, table, profile, 9, _folder.Counters, None);

        Assert.Equal(ids, ReadIds(narrow.OpenValidation(), features: 1));
    }

    [Fact]
    public async Task Open_AllConstant_Throws()
    {
        _folder.Put("c.csv", "label,x\n" + string.Concat(Enumerable.Repeat("0,1\n1,1\n", 50)));
        var (table, profile) = await _folder.ProfileAllAsync(Path.Combine(_folder.Data, "c.csv"), DataFolder.Spec);

        var exception = await Assert.ThrowsAsync<DataErrorException>(() => _folder.Rows().OpenAsync(DataFolder.Spec, table, profile, 1, _folder.Counters, None));

        Assert.StartsWith("Every feature column has one value", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_EmptySide_Throws()
    {
        _folder.Put("c.csv", "label,x\n0,1\n1,2\n0,3\n1,4\n0,5\n1,6\n");
        var (table, profile) = await _folder.ProfileAllAsync(Path.Combine(_folder.Data, "c.csv"), DataFolder.Spec with { Validation = new ValidationSplit(0.4, 5) });
        var spec = DataFolder.Spec with { Validation = new ValidationSplit(1e-12, 0) };
        profile = profile with { Shards = [profile.Shards[0] with { Blocks = [new BlockRows(6, 6)] }] };

        var exception = await Assert.ThrowsAsync<DataErrorException>(() => _folder.Rows().OpenAsync(spec, table, profile, 1, _folder.Counters, None));

        Assert.StartsWith("The split leaves 6 training rows and 0 validation rows", exception.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>Shards whose column id numbers all rows, so that it names each one.</summary>
    private async Task<(ITrainingRows Rows, DataProfile Profile)> OpenAsync(int shards, bool streamed)
    {
        for (var shard = 0; shard < shards && !File.Exists(Path.Combine(_folder.Data, $"part-{shard:00}.csv")); shard++)
        {
            var text = new StringBuilder("label,id,u\n");
            for (var row = 0; row < RowsPerShard; row++)
            {
                var id = (shard * RowsPerShard) + row;
                text.Append(CultureInfo.InvariantCulture, $"{id % 3},{id},{id * 0.25}\n");
            }

            _folder.Put($"part-{shard:00}.csv", text.ToString());
        }

        var (table, profile) = await _folder.ProfileAllAsync(Path.Combine(_folder.Data, "part-*.csv"), DataFolder.Spec);
        var rows = await _folder.Rows(streamed ? 0 : 1L << 30).OpenAsync(DataFolder.Spec, table, profile, 9, _folder.Counters, None);
        return (rows, profile);
    }

    private static List<int> ReadIds(IRowReader reader, int features = 2)
    {
        using (reader)
        {
            var ids = new List<int>();
            var tile = new RowTile(1000, features);
            while (reader.Read(tile))
            {
                for (var row = 0; row < tile.Count; row++)
                {
                    var id = (int)tile.Features[row * features];
                    Assert.Equal(id % 3, tile.Classes[row]);
                    ids.Add(id);
                }
            }

            return ids;
        }
    }
}
