using System.Globalization;
using CloudSweep.Core.Domain;
using CloudSweep.Core.Planning.Features;
using CloudSweep.Worker.Data.Profiling;
using CloudSweep.Worker.Training;
using CsCheck;

namespace CloudSweep.Worker.Tests.Data;

/// <summary>Tables of numbers, categories and hashed texts with missing cells: what models see, against a naive reference.</summary>
public sealed class MixedColumnsTests
{
    private static readonly string[] Names = ["id", "age", "city", "zip"];

    private static readonly Gen<string[]> AnyRow = Gen.Select(
        Gen.OneOf(Gen.Const(""), Gen.Const("NA"), Gen.Const("-999"), Gen.Int[-3, 3].Select(value => value.ToString(CultureInfo.InvariantCulture)), Gen.Double[-1, 1].Select(value => value.ToString("R", CultureInfo.InvariantCulture))),
        Gen.OneOf(Gen.Const("NA"), Gen.Const("none"), Gen.Int[0, 5].Select(value => $"ü{value}"), Gen.Const("7")),
        Gen.OneOf(Gen.Const(""), Gen.Int[0, 99_999].Select(value => value.ToString("00000", CultureInfo.InvariantCulture))),
        (age, city, zip) => new[] { age, city, zip });

    private static readonly Gen<DataSpec> AnySpec = Gen.Select(
        Gen.Double[-5, 5].Nullable(), Gen.Bool, Gen.Bool, Gen.Bool, Gen.Int[2, 9], (fill, hasIndicator, isCityMissing, isZipMissing, buckets) => DataFolder.Spec with
        {
            Scale = FeatureScale.Standard,
            Validation = new ValidationSplit(0.3, 1),
            Columns =
            [
                new ColumnSettings.Numeric("age", ["-999"], fill, hasIndicator),
                new ColumnSettings.Category("city", ["none"], isCityMissing),
                new ColumnSettings.Numeric("id", [], null, false),
                new ColumnSettings.Hashed("zip", [], buckets, isZipMissing),
            ],
        });

    private static CancellationToken None => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Open_AnyTable_GivesTheFeaturesOfTheNaiveReference() =>
        await Gen.Select(AnyRow.Array[40, 90], AnySpec, Gen.Int[1, 4]).SampleAsync(
            async (cells, spec, shardCount) =>
            {
                using var folder = new DataFolder();
                string[][] rows = [.. cells.Select((row, id) => (string[])[id.ToString(CultureInfo.InvariantCulture), .. row])];
                var shards = rows.Chunk((rows.Length + shardCount - 1) / shardCount).ToArray();
                Put(folder, shards);
                var table = await folder.FindAllAsync("part-*.csv");
                var sides = shards.SelectMany((shard, index) => shard.Select((row, number) => (Row: row, IsHeldOut: new RowSplit(spec, table.Shards[index]).IsHeldOut(number)))).ToArray();
                string[][] train = [.. sides.Where(side => !side.IsHeldOut).Select(side => side.Row)];
                var naive = new NaiveFeatures(train, spec, Names);
                var profile = await folder.ProfileAllAsync(table, spec);

                var resident = await folder.Rows().OpenAsync(spec, table, profile, 3, folder.Counters, None);
                var streamed = await folder.Rows(residentLimit: 0).OpenAsync(spec, table, profile, 3, folder.Counters, None);

                Assert.Equal(resident.FeatureCount, FeatureLayout.Of(spec, profile).FeatureNames().Count());
                var epoch = Read(resident.OpenEpoch(0, 0), resident.FeatureCount);
                AssertClose(train.Select(naive.Of), epoch.OrderBy(row => row[0]));
                AssertClose(sides.Where(side => side.IsHeldOut).Select(side => naive.Of(side.Row)), Read(resident.OpenValidation(), resident.FeatureCount));
                Assert.Equal(epoch, Read(streamed.OpenEpoch(0, 0), streamed.FeatureCount));
                Assert.Equal(Read(resident.OpenValidation(), resident.FeatureCount), Read(streamed.OpenValidation(), streamed.FeatureCount));
            },
            iter: 50,
            threads: 1);

    [Fact]
    public async Task Open_CacheLost_GivesTheSameBits()
    {
        using var folder = new DataFolder();
        Put(folder, [[["0", "1", "b", "x"], ["1", "", "a", ""]], [["2", "3", "NA", "y"], ["3", "NA", "c", "x"], ["4", "5", "b", "z"], ["5", "6", "a", "z"]]]);
        var spec = DataFolder.Spec with { Validation = new ValidationSplit(0.3, 1) };
        var table = await folder.FindAllAsync("part-*.csv");
        var profile = await folder.ProfileAllAsync(table, spec);
        var rows = await folder.Rows(residentLimit: 0).OpenAsync(spec, table, profile, 3, folder.Counters, None);
        var first = Read(rows.OpenEpoch(0, 0), rows.FeatureCount);

        Directory.Delete(folder.Cache, recursive: true);

        Assert.Equal(first, Read(rows.OpenEpoch(0, 0), rows.FeatureCount));
        Assert.Equal(12, folder.Counters.TextRows);
    }

    private static void Put(DataFolder folder, IEnumerable<string[][]> shards)
    {
        foreach (var (number, rows) in shards.Index())
        {
            // Labels in turn, so that both sides of any split have both classes or the merge would refuse the table.
            var lines = rows.Select(row => string.Join(',', row) + $",{row[0][^1] % 2}");
            folder.Put($"part-{number}.csv", string.Join(',', Names) + ",label\n" + string.Join('\n', lines) + "\n");
        }
    }

    private static List<float[]> Read(IRowReader reader, int features)
    {
        using (reader)
        {
            var rows = new List<float[]>();
            var tile = new RowTile(7, features);
            while (reader.Read(tile))
            {
                for (var row = 0; row < tile.Count; row++)
                {
                    rows.Add(tile.Features[(row * features)..((row + 1) * features)]);
                }
            }

            return rows;
        }
    }

    // Statistics differ in the last bits of float64, so features by at most a few of float32 around magnitude 5.
    private static void AssertClose(IEnumerable<float[]> expected, IEnumerable<float[]> actual)
    {
        var (left, right) = (expected.ToArray(), actual.ToArray());
        Assert.Equal(left.Length, right.Length);
        for (var row = 0; row < left.Length; row++)
        {
            Assert.Equal(left[row].Length, right[row].Length);
            for (var feature = 0; feature < left[row].Length; feature++)
            {
                Assert.Equal(left[row][feature], right[row][feature], 2e-6f);
            }
        }
    }
}
