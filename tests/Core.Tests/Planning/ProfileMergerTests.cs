using CloudSweep.Core.Domain;
using CloudSweep.Core.Planning;
using CsCheck;

namespace CloudSweep.Core.Tests.Planning;

public sealed class ProfileMergerTests
{
    private static readonly Gen<double[][]> AnyShards = Gen.Double[-1e6, 1e6].Array[1, 20].Array[1, 8];

    [Fact]
    public void Merge_TwoShards_GivesStatisticsOfAllRows()
    {
        // 1, 2, 5, 6, 7: mean 21/5, squares (−3.2)² + (−2.2)² + 0.8² + 1.8² + 2.8².
        var column = StatisticsOf(Merge(Shard("a", 1, 2), Shard("b", 5, 6, 7)));

        Assert.Equal((5, 1, 7), (column.Count, column.Min, column.Max));
        Assert.Equal(4.2, column.Mean, 12);
        Assert.Equal(26.8, column.M2, 12);
    }

    [Fact]
    public void Merge_ShardWithoutValues_ChangesNoStatistics()
    {
        var alone = Merge(Shard("a", 1, 2)).Columns[0];

        Assert.Equal(alone, Merge(Shard("a", 1, 2), Empty("b")).Columns[0]);
        Assert.Equal(alone, Merge(Empty("0"), Shard("a", 1, 2)).Columns[0]);
    }

    [Fact]
    public void Merge_NumericLabels_SortByValueAndKeepEachShardsOwnIndexes()
    {
        var profile = Merge(
            Shard("a", 1) with { Labels = [new LabelCount("10", 2, 1), new LabelCount("9", 1, 0)] },
            Shard("b", 2) with { Labels = [new LabelCount("-1", 1, 0), new LabelCount("10", 3, 2)] });

        Assert.Equal([new LabelCount("-1", 1, 0), new LabelCount("9", 1, 0), new LabelCount("10", 5, 3)], profile.Classes);
        Assert.Equal([2, 1], profile.Shards[0].ClassOfLocalLabel);
        Assert.Equal([0, 2], profile.Shards[1].ClassOfLocalLabel);
    }

    [Fact]
    public void Merge_OneLabelThatIsNoNumber_SortsOrdinally()
    {
        var profile = Merge(Shard("a", 1) with { Labels = [new LabelCount("9", 1, 1), new LabelCount("10", 1, 1), new LabelCount("B", 1, 1), new LabelCount("a", 1, 1)] });

        Assert.Equal(["10", "9", "B", "a"], profile.Classes.Select(label => label.Label));
    }

    [Fact]
    public void Merge_AnyShards_EqualsTheProfileOfTheirConcatenation() =>
        AnyShards.Sample(shards =>
        {
            var merged = Merge([.. shards.Select((values, index) => Shard($"{index:D3}", values))]);
            var whole = Merge(Shard("000", [.. shards.SelectMany(values => values)]));

            AssertSame(StatisticsOf(whole), StatisticsOf(merged));
        });

    [Fact]
    public void Merge_ShardsInAnyOrder_GivesTheSameProfile() =>
        Gen.Select(AnyShards, Gen.Int).Sample((shards, seed) =>
        {
            var profiles = shards.Select((values, index) => Shard($"{index:D3}", values)).ToArray();
            var shuffled = profiles.OrderBy(shard => KeyedRandom.Bits(seed, RandomPurpose.ShardOrder, 0, int.Parse(shard.ShardKey, null))).ToArray();

            var (forward, other) = (Merge(profiles), Merge(shuffled));
            AssertSame(StatisticsOf(forward), StatisticsOf(other));
            Assert.Equal(forward.Classes, other.Classes);
            Assert.Equal((forward.TrainRows(), forward.ValidationRows()), (other.TrainRows(), other.ValidationRows()));
        });

    [Fact]
    public void Merge_SameShardsAgain_GivesTheSameBits() =>
        AnyShards.Sample(shards =>
        {
            var profiles = shards.Select((values, index) => Shard($"{index:D3}", values)).ToArray();

            Assert.Equal(CanonicalJson.Write(Merge(profiles)), CanonicalJson.Write(Merge([.. profiles])));
        });

    [Fact]
    public void Merge_ShardsWithOtherColumns_NamesEachOfThem()
    {
        var exception = Assert.Throws<DataErrorException>(() => Merge(
            Shard("a", 1),
            Shard("b", 1) with { Features = ["y"] },
            Shard("c", 1) with { Features = ["X"] }));

        Assert.Equal(
            [
                "Shard 'b' has other feature columns than shard 'a': 'y' where the other has 'x'. All shards need the same columns in the same order.",
                "Shard 'c' has other feature columns than shard 'a': 'X' where the other has 'x'. All shards need the same columns in the same order.",
            ],
            exception.Message.Split(Environment.NewLine));
    }

    [Fact]
    public void Merge_OneClassAndNoValidationRows_ListsBothProblems()
    {
        var exception = Assert.Throws<DataErrorException>(() => Merge(
            Shard("a", 1) with { Blocks = [new BlockRows(4, 4)], Labels = [new LabelCount("0", 4, 0)] }));

        Assert.Equal(
            [
                "There are no validation rows. Raise data.validation.fraction (0.2) or give more data.",
                "The training rows have fewer than 2 classes; a model needs at least 2 to tell apart. Is data.label the right column?",
            ],
            exception.Message.Split(Environment.NewLine));
    }

    [Fact]
    public void Merge_ClassInValidationRowsOnly_IsRefused()
    {
        var exception = Assert.Throws<DataErrorException>(() => Merge(
            Shard("a", 1) with { Labels = [new LabelCount("0", 2, 0), new LabelCount("1", 2, 0), new LabelCount("2", 0, 1)] }));

        Assert.Equal("Classes that occur only in validation rows, so that no model can learn them: 1 of 3. Use another data.validation.seed or more data.", exception.Message);
    }

    [Fact]
    public void Merge_LabelThatIsAQuantity_SaysSoInsteadOfAskingForMoreData()
    {
        var prices = Enumerable.Range(0, 300).Select(index => new LabelCount(FormattableString.Invariant($"{index}.25"), index % 5 == 0 ? 0 : 1, index % 5 == 0 ? 1 : 0));

        var exception = Assert.Throws<DataErrorException>(() => Merge(Shard("a", 1) with { Labels = [.. prices] }));

        Assert.Equal(
            "The label column holds 300 different numbers in 300 rows, so it looks like a number to predict; this model tells classes apart. Give data.label a column of classes, or put the numbers into a few groups.",
            exception.Message);
    }

    [Fact]
    public void Merge_SparseShardWithFewerFeatures_CountsZeros()
    {
        var wide = Shard("b", 2) with { Features = ["x", "y"], Columns = [new ColumnProfile.Numeric(new ColumnStatistics(4, 2, 0, 2, 2)), new ColumnProfile.Numeric(new ColumnStatistics(4, 4, 8, 1, 6))], IsSparse = true };

        var profile = Merge(Shard("a", 1) with { IsSparse = true }, wide);

        Assert.Equal(["x", "y"], profile.Features);
        Assert.Equal(new ColumnProfile.Numeric(new ColumnStatistics(8, 2, 40, 0, 6)), profile.Columns[1]);
    }

    [Fact]
    public void Merge_SparseShardWithoutTrainingRows_ChangesNoStatistics()
    {
        var column = new ColumnProfile.Numeric(new ColumnStatistics(4, 4, 8, 1, 6));
        var wide = Shard("b", 2) with { Features = ["x", "y"], Columns = [column, column], IsSparse = true };

        var profile = Merge(Empty("a") with { IsSparse = true, Blocks = [new BlockRows(2, 0)] }, wide);

        Assert.Equal(column, profile.Columns[1]);
    }

    [Fact]
    public void Merge_DenseShardWithFewerFeatures_IsRefused()
    {
        var wide = Shard("b", 2) with { Features = ["x", "y"], Columns = [new ColumnProfile.Numeric(new ColumnStatistics(1, 2, 0, 2, 2)), new ColumnProfile.Numeric(new ColumnStatistics(1, 4, 0, 4, 4))] };

        var exception = Assert.Throws<DataErrorException>(() => Merge(Shard("a", 1), wide));

        Assert.StartsWith("Shard 'b' has other feature columns than shard 'a': 2 instead of 1.", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Merge_BadRowsWithinTheLimit_KeepsCountAndPlaces()
    {
        var row = new BadRow("a", "line", 3, "x", "is not a number");
        var shard = Shard("a", 1) with { BadRows = new BadRows(2, [row]) };

        var profile = ProfileMerger.Merge([shard, Shard("b", 1)], Some.Data with { BadRows = new BadRowPolicy(BadRowRule.Skip, 0.15) });

        Assert.Equal(2, profile.BadRows.Count);
        Assert.Equal([row], profile.BadRows.First);
    }

    [Fact]
    public void Merge_BadRowsOverTheLimit_IsRefusedAndNamesTheFirst()
    {
        var shard = Shard("a", 1) with { BadRows = new BadRows(2, [new BadRow("a", "line", 3, "x", "is not a number"), new BadRow("a", "row", 4, null, "is empty")]) };

        var exception = Assert.Throws<DataErrorException>(() => ProfileMerger.Merge([shard], Some.Data with { BadRows = new BadRowPolicy(BadRowRule.Skip, 0.1) }));

        Assert.Equal(
            "2 of 8 rows break rules, more than data.maxBadRows (0.1) lets be left out. Correct them or raise it. The first: shard 'a', line 3, column 'x' is not a number; shard 'a', row 4 is empty.",
            exception.Message);
    }

    private static DataProfile Merge(params ShardProfile[] shards) => ProfileMerger.Merge(shards, Some.Data);

    private static ShardProfile Empty(string key) => Shard(key, 0) with { Columns = [new ColumnProfile.Numeric(new ColumnStatistics(0, 0, 0, double.PositiveInfinity, double.NegativeInfinity))] };

    private static ColumnStatistics StatisticsOf(DataProfile profile) => Assert.IsType<ColumnProfile.Numeric>(profile.Columns[0]).Statistics;

    private static ShardProfile Shard(string key, params double[] values)
    {
        var mean = values.Average();
        var statistics = new ColumnStatistics(values.Length, mean, values.Sum(value => (value - mean) * (value - mean)), values.Min(), values.Max());
        return new ShardProfile(key, ["x"], [new BlockRows(6, 4)], [new ColumnProfile.Numeric(statistics)], [new LabelCount("10", 2, 1), new LabelCount("9", 2, 1)]);
    }

    // Sums of a few hundred values of up to 1e6: rounding stays far below these tolerances.
    private static void AssertSame(ColumnStatistics expected, ColumnStatistics actual)
    {
        Assert.Equal((expected.Count, expected.Min, expected.Max), (actual.Count, actual.Min, actual.Max));
        Assert.Equal(expected.Mean, actual.Mean, 1e-6);
        Assert.Equal(expected.M2, actual.M2, 1e-9 * Math.Max(1, expected.M2) + 1e-3);
    }
}
