using CloudSweep.Core.Domain;
using CloudSweep.Core.Planning;
using CsCheck;

namespace CloudSweep.Core.Tests.Planning;

public sealed class ColumnMergeTests
{
    private static readonly LabelCount[] Labels = [new("0", 2, 1), new("1", 2, 1)];

    [Fact]
    public void Merge_Categories_AreInOrdinalOrderWithTheirRowsAndMaps()
    {
        var profile = Merge(
            Shard("a", Category(("b", 2, 0), ("B", 1, 1))),
            Shard("b", Category(("c", 0, 1), ("b", 1, 1), ("a", 1, 0))));

        Assert.Equal([new LabelCount("B", 1, 1), new LabelCount("a", 1, 0), new LabelCount("b", 3, 1), new LabelCount("c", 0, 1)], CategoriesOf(profile));
        Assert.Equal([2, 0], profile.Shards[0].Categories.Single().MergedOfLocal);
        Assert.Equal([3, 2, 1], profile.Shards[1].Categories.Single().MergedOfLocal);
        Assert.Equal(["Categories that no training row has, so that their features are all 0: column 'x' (1)."], profile.Warnings);
    }

    [Fact]
    public void Merge_TestShard_IsPlacedButNotCounted()
    {
        var test = Shard("test:t", Category(("new", 0, 1), ("b", 0, 7))) with { Role = ShardRole.Test, Labels = [new LabelCount("1", 0, 8)], Blocks = [new BlockRows(8, 0)] };

        var profile = Merge(Shard("a", Category(("b", 2, 0), ("c", 2, 2))), test);

        Assert.Equal([new LabelCount("b", 2, 0), new LabelCount("c", 2, 2)], CategoriesOf(profile));
        Assert.Equal([-1, 0], profile.Test.Single().Categories.Single().MergedOfLocal);
        Assert.Equal(Labels, profile.Classes);
        Assert.Equal((4, 2, 8), (profile.TrainRows(), profile.ValidationRows(), profile.TestRows()));
        Assert.Equal(["Categories that no training row has, so that their features are all 0: column 'x' (1)."], profile.Warnings);
    }

    [Fact]
    public void Merge_ClassInTestRowsOnly_IsRefused()
    {
        var test = Shard("test:t", Category(("b", 0, 1))) with { Role = ShardRole.Test, Labels = [new LabelCount("2", 0, 1)] };

        var exception = Assert.Throws<DataErrorException>(() => Merge(Shard("a", Category(("b", 2, 0))), test));

        Assert.Equal("Classes that occur only in test rows, so that no model can predict them: 1. Add rows of them to data.train, or take theirs out of data.test.", exception.Message);
    }

    [Fact]
    public void Merge_KindsDiffer_NamesBothShardsTheColumnAndTheWayOut()
    {
        var exception = Assert.Throws<DataErrorException>(() => Merge(
            Shard("a", new ColumnProfile.Empty(new MissingCount(4, 2))), Shard("b", Number(1, 2)), Shard("c", Category(("b", 4, 2)))));

        Assert.Equal("Column 'x' is numeric in shard 'b' and text in shard 'c', going by its first value in each. Correct the data, or set its kind in data.features.columns.", exception.Message);
    }

    [Fact]
    public void Merge_ShardWithoutAValue_AgreesWithEverything()
    {
        var number = Merge(Shard("a", new ColumnProfile.Empty(new MissingCount(4, 2))), Shard("b", Number(1, 2))).Columns[0];
        var category = Merge(Shard("a", Category(("b", 2, 1), ("c", 2, 1))), Shard("b", new ColumnProfile.Empty(new MissingCount(4, 2)))).Columns[0];

        Assert.Equal(2, Assert.IsType<ColumnProfile.Numeric>(number).Statistics.Count);
        Assert.Equal(new MissingCount(4, 2), number.Missing);
        Assert.Equal(2, Assert.IsType<ColumnProfile.Category>(category).Categories.Count);
        Assert.Equal(new MissingCount(4, 2), category.Missing);
    }

    [Fact]
    public void Merge_TooManyCategoriesTogether_SuggestsHashed()
    {
        var exception = Assert.Throws<DataErrorException>(() => Merge(
            Shard("a", Category([.. Enumerable.Range(0, 600).Select(index => ($"a{index}", 1L, 1L))])),
            Shard("b", Category([.. Enumerable.Range(0, 600).Select(index => ($"b{index}", 1L, 1L))]))));

        Assert.Equal("Column 'x' has 1200 categories; at most 1000 are allowed. Set its kind to hashed in data.features.columns, or exclude it.", exception.Message);
    }

    [Fact]
    public void Merge_ColumnsThatDoNotVary_AreNamedInWarnings()
    {
        ColumnProfile[] columns = [Number(1, 2), Number(3, 3), new ColumnProfile.Empty(new MissingCount(4, 2)), Category(("only", 4, 2)), Number(1e9, 1e9 + 1)];
        var shard = new ShardProfile("a", ["x", "same", "none", "word", "time"], [new BlockRows(6, 4)], columns, [new LabelCount("0", 3, 1), new LabelCount("1", 1, 1)]);

        Assert.Equal(
            [
                "Left out, having no value in any training row: column 'none'.",
                "Left out, having one value in all training rows: columns 'same', 'word'.",
                "Mean more than 10,000 times the standard deviation, as of a time stamp: column 'time'.",
                "Classes with a single training row: 1 of 2. Too few to learn from, but they are kept.",
            ],
            Merge(shard).Warnings);
    }

    [Fact]
    public void Merge_ManyMissing_NamesFiveColumns()
    {
        ColumnProfile[] columns = [.. Enumerable.Range(1, 7).Select(index => Number(1, 2) with { Missing = new MissingCount(index, 0) })];
        var shard = new ShardProfile("a", ["a", "b", "c", "d", "e", "f", "g"], [new BlockRows(6, 4)], columns, Labels);

        Assert.Equal(["Missing in training rows: columns 'a' (1), 'b' (2), 'c' (3), 'd' (4), 'e' (5) and 2 more."], Merge(shard).Warnings);
    }

    /// <summary>Rows of a text and a number, some missing, some held out; cut into shards at random places.</summary>
    [Fact]
    public void Merge_AnyCutOfTheRows_GivesTheSameVocabularyAndCounts()
    {
        var row = Gen.Select(Gen.Int[-1, 6], Gen.Double[-10, 10].Nullable(), Gen.Bool, (category, number, isHeldOut) => new Row(category < 0 ? null : $"k{category}", number, isHeldOut));
        Gen.Select(row.Array[2, 60], Gen.Int[1, 9], (rows, length) => (rows, length)).Sample(sample =>
        {
            var whole = Columns(sample.rows);
            var cut = sample.rows.Chunk(sample.length).ToArray();
            var merged = Merge([.. cut.Select((rows, index) => Shard($"{index:D3}", ["t", "n"], Columns(rows)))]);

            Assert.Equal(
                whole is [ColumnProfile.Category all, _] ? all.Categories.OrderBy(category => category.Label, StringComparer.Ordinal) : [],
                merged.Columns[0] is ColumnProfile.Category category ? category.Categories : []);
            Assert.Equal(whole.Select(column => column.Missing), merged.Columns.Select(column => column.Missing));
            for (var shard = 0; shard < cut.Length; shard++)
            {
                var local = Columns(cut[shard])[0] as ColumnProfile.Category;
                var map = merged.Shards[shard].Categories.SingleOrDefault(map => map.Column == 0)?.MergedOfLocal ?? [];
                Assert.Equal(local?.Categories.Select(category => category.Label) ?? [], map.Select(index => CategoriesOf(merged)[index].Label));
            }

            if (whole[1] is ColumnProfile.Numeric { Statistics: var expected })
            {
                var found = Assert.IsType<ColumnProfile.Numeric>(merged.Columns[1]).Statistics;
                Assert.Equal((expected.Count, expected.Min, expected.Max), (found.Count, found.Min, found.Max));
                Assert.Equal(expected.Mean, found.Mean, 1e-12);
                Assert.Equal(expected.M2, found.M2, 1e-9);
            }
        });
    }

    private static IReadOnlyList<LabelCount> CategoriesOf(DataProfile profile) => Assert.IsType<ColumnProfile.Category>(profile.Columns[0]).Categories;

    private static DataProfile Merge(params ShardProfile[] shards) => ProfileMerger.Merge(shards, Some.Data);

    private static ShardProfile Shard(string key, params ColumnProfile[] columns) => Shard(key, ["x"], columns);

    private static ShardProfile Shard(string key, string[] names, ColumnProfile[] columns) => new(key, names, [new BlockRows(6, 4)], columns, Labels);

    private static ColumnProfile.Category Category(params (string Text, long Train, long Validation)[] entries) =>
        new([.. entries.Select(entry => new LabelCount(entry.Text, entry.Train, entry.Validation))]);

    private static ColumnProfile.Numeric Number(double low, double high) =>
        new(new ColumnStatistics(2, (low + high) / 2, (high - low) * (high - low) / 2, low, high));

    private static ColumnProfile[] Columns(IReadOnlyList<Row> rows)
    {
        var texts = rows.Where(row => row.Text is not null).GroupBy(row => row.Text!).Select(group => new LabelCount(group.Key, group.Count(row => !row.IsHeldOut), group.Count(row => row.IsHeldOut))).ToArray();
        var numbers = rows.Where(row => row is { Number: not null, IsHeldOut: false }).Select(row => row.Number!.Value).ToArray();
        var statistics = numbers.Aggregate(
            new ColumnStatistics(0, 0, 0, double.PositiveInfinity, double.NegativeInfinity), (sum, value) => sum.Plus(new ColumnStatistics(1, value, 0, value, value)));
        return
        [
            texts.Length == 0 ? new ColumnProfile.Empty(MissingOf(row => row.Text is null)) : new ColumnProfile.Category(texts, MissingOf(row => row.Text is null)),
            rows.All(row => row.Number is null) ? new ColumnProfile.Empty(MissingOf(row => row.Number is null)) : new ColumnProfile.Numeric(statistics, MissingOf(row => row.Number is null)),
        ];

        MissingCount MissingOf(Func<Row, bool> isMissing) =>
            new(rows.Count(row => isMissing(row) && !row.IsHeldOut), rows.Count(row => isMissing(row) && row.IsHeldOut));
    }

    private sealed record Row(string? Text, double? Number, bool IsHeldOut);
}
