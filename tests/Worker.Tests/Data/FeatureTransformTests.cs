using CloudSweep.Core.Domain;
using CloudSweep.Worker.Data.Rows;

namespace CloudSweep.Worker.Tests.Data;

public sealed class FeatureTransformTests
{
    private static readonly ColumnStatistics Constant = new(4, 7, 0, 7, 7);
    private static readonly ColumnStatistics Varying = new(4, 2, 16, -8, 4);

    [Fact]
    public void Write_Standard_IsInDeviationsOfThePopulation() =>
        Assert.Equal([1.5f, 5f, -5f], Numbers(FeatureScale.Standard, [Constant, Varying], 1, 5, 1e9, -1e9));

    [Fact]
    public void Write_Max_DividesByTheLargestMagnitude() => Assert.Equal([0.5f], Numbers(FeatureScale.Max, [Varying], 0, 4));

    [Fact]
    public void Write_None_KeepsTheValue() => Assert.Equal([1e9f], Numbers(FeatureScale.None, [Varying], 0, 1e9));

    [Fact]
    public void Write_SharedUnit_FloorsTheDeviation()
    {
        var rare = new ColumnStatistics(100, 0, 0.01, 0, 1);

        // The pixels' deviation is 10, so the rare column's is taken as 1.
        Assert.Equal([1f], Numbers(FeatureScale.Standard, [.. Pixels(20), rare], 20, 1));
    }

    [Fact]
    public void Write_MissingNumber_IsExactlyZeroWhenStandardized()
    {
        var column = new ColumnProfile.Numeric(new ColumnStatistics(3, 0.1, 0.7, -1, 1), new MissingCount(1, 0));

        Assert.Equal([0f], Write(DataFolder.Spec with { Scale = FeatureScale.Standard }, [column], [double.NaN], []));
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

    /// <summary>The model feature of one of several numeric columns for some raw values.</summary>
    private static float[] Numbers(FeatureScale scale, ColumnStatistics[] columns, int column, params double[] raw) =>
        Write(DataFolder.Spec with { Scale = scale }, [.. columns.Select(statistics => new ColumnProfile.Numeric(statistics))], raw, [], column);

    private static float[] Write(DataSpec spec, ColumnProfile[] columns, double[] raw, int[] mergedOfLocal, int column = 0)
    {
        var profile = new DataProfile([new ShardLayout("a", [new BlockRows(100, 80)], [])], [.. columns.Select((_, index) => $"x{index}")], columns, []);
        var transform = FeatureTransform.Create(spec, profile);
        var written = transform.Columns.Single(candidate => candidate.Column == column);
        var features = new float[raw.Length * transform.FeatureCount];
        written.Write(raw, [.. Enumerable.Range(0, raw.Length)], mergedOfLocal, features, transform.FeatureCount);
        return [.. Enumerable.Range(0, raw.Length).Select(row => features[(row * transform.FeatureCount) + written.FirstFeature])];
    }
}
