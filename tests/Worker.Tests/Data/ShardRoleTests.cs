using CloudSweep.Core.Domain;
using CloudSweep.Worker.Data.Cache;
using CloudSweep.Worker.Training;

namespace CloudSweep.Worker.Tests.Data;

/// <summary>Validation files and test files beside the training files.</summary>
public sealed class ShardRoleTests : IDisposable
{
    private static readonly DataSpec WithFiles = DataFolder.Spec with { ValidationFiles = "v-*.csv", Test = "t-*.csv" };

    private readonly DataFolder _folder = new();

    private static CancellationToken None => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(0)]
    [InlineData(1L << 30)]
    public async Task Open_ValidationAndTestFiles_EveryRowIsWhereItsFileSays(long residentLimit)
    {
        PutAll();
        var (table, profile) = await ProfileAsync(WithFiles, "v-*.csv", "t-*.csv");

        var rows = await _folder.Rows(residentLimit).OpenAsync(WithFiles, table, profile, 5, _folder.Counters, None);

        Assert.Equal((40, 10, 6), (rows.TrainRows, rows.ValidationRows, rows.TestRows));
        Assert.Equal(Enumerable.Range(0, 40), Ids(rows.OpenEpoch(0, 0), rows.FeatureCount).Order());
        Assert.Equal(Enumerable.Range(100, 10), Ids(rows.OpenValidation(), rows.FeatureCount));
        Assert.Equal(Enumerable.Range(200, 6), Ids(rows.OpenTest(), rows.FeatureCount));
        Assert.Equal(56, _folder.Counters.TextRows);
    }

    [Fact]
    public async Task Open_OtherFilesOfOtherRoles_DoNotChangeTheOrderOfTraining()
    {
        PutAll();
        var (bothTable, both) = await ProfileAsync(WithFiles, "v-*.csv", "t-*.csv");
        var alone = WithFiles with { ValidationFiles = "v-1.csv", Test = null };
        var (aloneTable, aloneProfile) = await ProfileAsync(alone, "v-1.csv", null);

        var first = await _folder.Rows().OpenAsync(WithFiles, bothTable, both, 5, _folder.Counters, None);
        var second = await _folder.Rows().OpenAsync(alone, aloneTable, aloneProfile, 5, _folder.Counters, None);

        Assert.Equal(Ids(first.OpenEpoch(1, 0), first.FeatureCount), Ids(second.OpenEpoch(1, 0), second.FeatureCount));
        Assert.Equal(CanonicalJson.Write(both.Columns), CanonicalJson.Write(aloneProfile.Columns));
        Assert.Equal(0, second.TestRows);
    }

    [Fact]
    public async Task CacheKey_RoleAndSplit_AreWhatMatters()
    {
        PutAll();
        var shard = await _folder.FindAsync("p-1.csv");
        var key = CacheKey.Of(shard, WithFiles);

        Assert.Equal(key, CacheKey.Of(shard, WithFiles with { ValidationFiles = "other.csv", Test = null, Clip = 2, Scale = FeatureScale.Max }));
        Assert.NotEqual(key, CacheKey.Of(shard, WithFiles with { ValidationFiles = null }));
        Assert.NotEqual(key, CacheKey.Of(shard with { Role = ShardRole.Test }, WithFiles));
        Assert.NotEqual(key, CacheKey.Of(shard, WithFiles with { Missing = [] }));
    }

    [Fact]
    public async Task CacheKey_ColumnSettings_MatterAsFarAsTheyDecode()
    {
        PutAll();
        var shard = await _folder.FindAsync("p-1.csv");
        DataSpec With(ColumnSettings column) => WithFiles with { Columns = [column] };

        Assert.Equal(CacheKey.Of(shard, With(new ColumnSettings.Numeric("id", [], 7, true))), CacheKey.Of(shard, With(new ColumnSettings.Numeric("id", [], null, false))));
        Assert.Equal(CacheKey.Of(shard, With(new ColumnSettings.Category("id", [], true))), CacheKey.Of(shard, With(new ColumnSettings.Category("id", [], false))));
        Assert.NotEqual(CacheKey.Of(shard, With(new ColumnSettings.Hashed("id", [], 7, true))), CacheKey.Of(shard, With(new ColumnSettings.Hashed("id", [], 8, true))));
        Assert.NotEqual(CacheKey.Of(shard, With(new ColumnSettings.Numeric("id", ["1"], null, false))), CacheKey.Of(shard, With(new ColumnSettings.Numeric("id", [], null, false))));
    }

    [Fact]
    public async Task Open_CategoryOfHeldOutRowsOnly_IsAllZeros()
    {
        _folder.Put("p-1.csv", "label,city\n0,a\n1,b\n0,NA\n");
        _folder.Put("v-1.csv", "label,city\n0,c\n1,b\n");
        _folder.Put("t-1.csv", "label,city\n0,NA\n1,d\n0,a\n");
        var spec = WithFiles with { Columns = [new ColumnSettings.Category("city", [], true)] };
        var (table, profile) = await ProfileAsync(spec, "v-*.csv", "t-*.csv");

        var rows = await _folder.Rows().OpenAsync(spec, table, profile, 5, _folder.Counters, None);

        Assert.Equal([0, 0, 0, 0, 1, 0], Features(rows.OpenValidation(), rows.FeatureCount));
        Assert.Equal([0, 0, 1, 0, 0, 0, 1, 0, 0], Features(rows.OpenTest(), rows.FeatureCount));
        Assert.Equal(
            [
                "Missing in training rows: column 'city' (1).",
                "Categories that no training row has, so that their features are all 0: column 'city' (2).",
                "Classes with a single training row: 1 of 2. Too few to learn from, but they are kept.",
            ],
            profile.Warnings);
    }

    public void Dispose() => _folder.Dispose();

    private void PutAll()
    {
        foreach (var (name, first, count) in new[] { ("p-1.csv", 0, 25), ("p-2.csv", 25, 15), ("v-1.csv", 100, 4), ("v-2.csv", 104, 6), ("t-1.csv", 200, 6) })
        {
            _folder.Put(name, "label,id\n" + string.Concat(Enumerable.Range(first, count).Select(id => $"{id % 2},{id}\n")));
        }
    }

    private async Task<(ShardTable Table, DataProfile Profile)> ProfileAsync(DataSpec spec, string validation, string? test)
    {
        var table = await _folder.FindAllAsync("p-*.csv", validation, test);
        return (table, await _folder.ProfileAllAsync(table, spec));
    }

    private static IEnumerable<int> Ids(IRowReader reader, int features) => Features(reader, features).Select(value => (int)value);

    private static List<float> Features(IRowReader reader, int features)
    {
        using (reader)
        {
            var values = new List<float>();
            var tile = new RowTile(3, features);
            while (reader.Read(tile))
            {
                values.AddRange(tile.Features.AsSpan(0, tile.Count * features));
            }

            return values;
        }
    }
}
