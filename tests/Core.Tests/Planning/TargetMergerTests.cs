using CloudSweep.Core.Domain;
using CloudSweep.Core.Planning;

namespace CloudSweep.Core.Tests.Planning;

public sealed class TargetMergerTests
{
    private static readonly DataSpec Numbers = Some.Data with { Task = LearningTask.Regression };

    [Fact]
    public void Merge_TwoShards_GivesStatisticsOfAllLabels()
    {
        var target = Merge(Shard("a", [1, 2], [10]), Shard("b", [5, 6, 7], [20, 30])).Target!;

        Assert.Equal((5, 4.2), (target.Train.Count, target.Train.Mean));
        Assert.Equal(26.8, target.Train.M2, 12);
        Assert.Equal((3, 20), (target.Validation.Count, target.Validation.Mean));
        Assert.Equal(5, target.Median);
        Assert.Equal((4 + 3 + 0 + 1 + 2) / 5.0, target.MeanAbsoluteDeviation, 12);
        Assert.Equal(Math.Sqrt(26.8 / 5), target.Deviation(), 12);
    }

    [Fact]
    public void Merge_EvenNumberOfLabels_HasTheMedianBetweenTheMiddleOnes() => Assert.Equal(3.5, Merge(Shard("a", [1, 2, 5, 100], [3])).Target!.Median);

    [Fact]
    public void Merge_MoreThanTheSample_KeepsTheSmallestPriorities()
    {
        // The shard with the smaller priorities has all labels 0, 1, 2, …, 1023; the other one only thousands.
        var near = Shard("a", [.. Enumerable.Range(0, 1024).Select(value => (double)value)], [1]);
        var far = Shard("b", [.. Enumerable.Range(0, 1024).Select(value => 5000.0 + value)], [1], firstPriority: 1_000_000);

        var target = Merge(far, near).Target!;

        Assert.Equal(511.5, target.Median);
        Assert.Equal(256, target.MeanAbsoluteDeviation);
    }

    [Fact]
    public void Merge_Numbers_NeedNoClasses()
    {
        var profile = Merge(Shard("a", [1, 2], [3]));

        Assert.Empty(profile.Classes);
        Assert.Equal(CanonicalJson.Write(profile), CanonicalJson.Write(CanonicalJson.Read<DataProfile>(CanonicalJson.Write(profile))));
    }

    [Theory]
    [InlineData(4, 4, "The label has one value in all training rows, so there is nothing to predict. Is data.label the right column?")]
    [InlineData(1e200, -1e200, "The label's variance over the training rows is too large or too small for double precision; give the label in another unit.")]
    [InlineData(1e-200, -1e-200, "The label's variance over the training rows is too large or too small for double precision; give the label in another unit.")]
    public void Merge_LabelThatCannotBeStandardized_IsRefused(double first, double second, string problem)
    {
        var exception = Assert.Throws<DataErrorException>(() => Merge(Shard("a", [first, second], [3])));

        Assert.Equal(problem, exception.Message);
    }

    private static DataProfile Merge(params ShardProfile[] shards) => ProfileMerger.Merge(shards, Numbers);

    private static ShardProfile Shard(string key, double[] train, double[] validation, ulong firstPriority = 0) =>
        new(key, ["x"], [new BlockRows(train.Length + validation.Length, train.Length)], [new ColumnProfile.Numeric(Statistics(train))], [])
        {
            Target = new ShardTarget(
                Statistics(train), Statistics(validation), [.. train.Select((value, index) => new SampledLabel(firstPriority + (ulong)index, value))]),
        };

    private static ColumnStatistics Statistics(double[] values)
    {
        var mean = values.Average();
        return new ColumnStatistics(values.Length, mean, values.Sum(value => (value - mean) * (value - mean)), values.Min(), values.Max());
    }
}
