using CloudSweep.Core.Domain;
using CloudSweep.Worker.Data.Rows;

namespace CloudSweep.Worker.Tests.Data;

public sealed class FeatureTransformTests
{
    private static readonly ColumnStatistics Constant = new(4, 7, 0, 7, 7);
    private static readonly ColumnStatistics Varying = new(4, 2, 16, -8, 4);

    [Fact]
    public void Apply_Standard_IsInDeviationsOfThePopulation()
    {
        var transform = FeatureTransform.Create(FeatureScale.Standard, 5, [Constant, Varying]);

        Assert.Equal([1], transform.Sources);
        Assert.Equal(1.5f, transform.Apply(0, 5));
        Assert.Equal(5f, transform.Apply(0, 1e9));
        Assert.Equal(-5f, transform.Apply(0, -1e9));
    }

    [Fact]
    public void Apply_Max_DividesByTheLargestMagnitude()
    {
        var transform = FeatureTransform.Create(FeatureScale.Max, 5, [Varying]);

        Assert.Equal(0.5f, transform.Apply(0, 4));
    }

    [Fact]
    public void Apply_None_KeepsTheValue()
    {
        var transform = FeatureTransform.Create(FeatureScale.None, 5, [Varying]);

        Assert.Equal(1e9f, transform.Apply(0, 1e9));
    }

    [Fact]
    public void Apply_SharedUnit_FloorsTheDeviation()
    {
        var rare = new ColumnStatistics(100, 0, 0.01, 0, 1);
        var transform = FeatureTransform.Create(FeatureScale.Standard, 5, [.. Pixels(20), rare]);

        // The pixels' deviation is 10, so the rare column's is taken as 1.
        Assert.Equal(1f, transform.Apply(20, 1));
    }

    [Fact]
    public void HasSharedUnit_Pixels_IsTrue() => Assert.True(FeatureTransform.HasSharedUnit([.. Pixels(16)]));

    [Fact]
    public void HasSharedUnit_FewColumns_IsFalse() => Assert.False(FeatureTransform.HasSharedUnit([.. Pixels(15)]));

    [Theory]
    [InlineData(-1, 200)]
    [InlineData(0, 256)]
    [InlineData(0, 1.5)]
    public void HasSharedUnit_OneOtherColumn_IsFalse(double min, double max) =>
        Assert.False(FeatureTransform.HasSharedUnit([.. Pixels(20), new ColumnStatistics(1, 0, 1, min, max)]));

    [Fact]
    public void HasSharedUnit_MostlySmallColumns_IsFalse() =>
        Assert.False(FeatureTransform.HasSharedUnit([.. Pixels(10), .. Enumerable.Repeat(new ColumnStatistics(1, 0, 1, 0, 1), 11)]));

    private static IEnumerable<ColumnStatistics> Pixels(int count) => Enumerable.Repeat(new ColumnStatistics(100, 50, 10_000, 0, 255), count);
}
