using CloudSweep.Core.Domain;
using CloudSweep.Core.Planning.Features;

namespace CloudSweep.Core.Tests.Planning;

public sealed class FeatureLayoutTests
{
    private static readonly ColumnProfile Age = new ColumnProfile.Numeric(new ColumnStatistics(8, 30, 80, 20, 40), new MissingCount(2, 1));
    private static readonly ColumnProfile City = new ColumnProfile.Category([new("Berlin", 5, 1), new("Bonn", 0, 2), new("Ulm", 3, 0)], new MissingCount(2, 0));
    private static readonly ColumnProfile Zip = new ColumnProfile.Hashed(3, 9, new MissingCount(1, 0));

    [Fact]
    public void FeatureNames_NothingSaid_AreValuesAndCategoriesOfTraining() =>
        Assert.Equal(["age", "city=Berlin", "city=Ulm", "zip#0", "zip#1", "zip#2"], NamesWith());

    [Fact]
    public void FeatureNames_MissingTold_HaveFeaturesOfTheirOwn() =>
        Assert.Equal(
            ["age", "age?missing", "city=Berlin", "city=Ulm", "city?missing", "zip#0", "zip#1", "zip#2", "zip?missing"],
            NamesWith(new ColumnSettings.Numeric("age", [], null, true), new ColumnSettings.Category("city", [], true), new ColumnSettings.Hashed("zip", [], 3, true)));

    [Fact]
    public void Of_ConstantNumber_IsLeftOutButNotItsIndicator()
    {
        var constant = new ColumnProfile.Numeric(new ColumnStatistics(8, 7, 0, 7, 7), new MissingCount(2, 0));
        var layout = Layout([constant], ["x"], new ColumnSettings.Numeric("x", [], null, true));

        Assert.Equal(["x?missing"], layout.FeatureNames());
    }

    [Fact]
    public void Of_ConstantNumberFilledWithAnother_Varies()
    {
        var constant = new ColumnProfile.Numeric(new ColumnStatistics(8, 7, 0, 7, 7), new MissingCount(2, 0));
        var layout = Layout([constant], ["x"], new ColumnSettings.Numeric("x", [], 2, false));

        var group = Assert.IsType<FeatureGroup.Numbers>(layout.Groups.Single());
        Assert.Equal((10, 6, 40, 2, 7), (group.Statistics.Count, group.Statistics.Mean, group.Statistics.M2, group.Statistics.Min, group.Statistics.Max));
    }

    [Fact]
    public void Of_NothingMissingInTraining_HasNoIndicator()
    {
        var complete = new ColumnProfile.Numeric(new ColumnStatistics(8, 30, 80, 20, 40), new MissingCount(0, 3));

        Assert.Equal(["x"], Layout([complete], ["x"], new ColumnSettings.Numeric("x", [], null, true)).FeatureNames());
    }

    [Fact]
    public void Of_OneCategoryInAllRows_IsLeftOut() =>
        Assert.Empty(Layout([new ColumnProfile.Category([new("a", 9, 1), new("b", 0, 1)])], ["x"]).Groups);

    [Fact]
    public void Require_NoFeature_SaysSo()
    {
        var exception = Assert.Throws<DataErrorException>(() => Layout([new ColumnProfile.Empty(new MissingCount(2, 0))], ["x"]).Require(10));

        Assert.StartsWith("Every feature column has one value", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Require_MoreFeaturesThanAWindowHolds_NamesTheWidest()
    {
        var layout = Layout([new ColumnProfile.Hashed(1000, 9), new ColumnProfile.Hashed(40_000, 9)], ["a", "b"]);

        layout.Require(1000);
        var exception = Assert.Throws<DataErrorException>(() => layout.Require(1_000_000));

        Assert.Equal("The columns become 41000 features; at most 32767 are allowed for a window of 65536 rows. The widest are 'b' (40000), 'a' (1000); use fewer buckets or exclude columns.", exception.Message);
    }

    private static IEnumerable<string> NamesWith(params ColumnSettings[] settings) => Layout([Age, City, Zip], ["age", "city", "zip"], settings).FeatureNames();

    private static FeatureLayout Layout(ColumnProfile[] columns, string[] names, params ColumnSettings[] settings) =>
        FeatureLayout.Of(Some.Data with { Columns = settings }, names, columns);
}
