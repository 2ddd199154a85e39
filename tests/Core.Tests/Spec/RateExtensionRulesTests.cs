using CloudSweep.Core.Domain;
using CloudSweep.Core.Planning;
using CloudSweep.Core.Spec;
using CloudSweep.Core.Tests.Planning;

namespace CloudSweep.Core.Tests.Spec;

public sealed class RateExtensionRulesTests
{
    [Fact]
    public void Check_GoodRates_FindsNothing() => Assert.Empty(Check(new RateExtension([3, 1e-5], 2, 1, "sgd")));

    [Theory]
    [InlineData(0, 0, null, "rates: Nothing is to be added")]
    [InlineData(-1, 0, null, "above: -1 is out of range")]
    [InlineData(0, 10_001, null, "below: 10001 is out of range")]
    [InlineData(1, 0, "lion", "optimizer: The sweep has no 'lion'; it has sgd.")]
    [InlineData(40, 0, null, "above: Going on as the grid does leads to 1E+39, which is not a learning rate")]
    public void Check_MistakeInTheRequest_IsTold(int above, int below, string? optimizer, string expected) =>
        Assert.StartsWith(expected, Text(Assert.Single(Check(new RateExtension([], above, below, optimizer)))), StringComparison.Ordinal);

    [Fact]
    public void Check_SeveralMistakes_TellsThemAll() => Assert.Equal(4, Check(new RateExtension([0, double.NaN], -1, 0, "lion")).Count);

    [Fact]
    public void Check_GridOfOneRate_AsksForRates() =>
        Assert.StartsWith("above: The grid has one rate (0.1)", Text(Assert.Single(Check(new RateExtension([], 1, 0, null), new LearningRateGrid.List([0.1])))), StringComparison.Ordinal);

    [Fact]
    public void Check_LinearGridBelowZero_IsTold() =>
        Assert.StartsWith("below: Going on as the grid does leads to 0,", Text(Assert.Single(Check(new RateExtension([], 0, 1, null), new LearningRateGrid.Linear(0.1, 0.3, 3)))), StringComparison.Ordinal);

    [Theory]
    [InlineData(16, "above: The range test has not found the grid yet")]
    [InlineData(0, "above: The sweep is a range test only")]
    public void Check_BeyondAGridThatIsNotKnown_AsksForRates(int count, string expected) =>
        Assert.StartsWith(expected, Text(Assert.Single(Check(new RateExtension([], 1, 0, null), new LearningRateGrid.Auto(count)))), StringComparison.Ordinal);

    [Fact]
    public void Check_RatesByValueBesideARangeTest_FindsNothing() => Assert.Empty(Check(new RateExtension([0.1], 0, 0, null), new LearningRateGrid.Auto(16)));

    private static SweepSpec Of(LearningRateGrid grid) => Some.Sweep(2) with { LearningRate = grid };

    private static IReadOnlyList<SpecViolation> Check(RateExtension extension, LearningRateGrid? grid = null) =>
        RateExtensionRules.Check(Of(grid ?? new LearningRateGrid.Log(0.001, 0.1, 3)), extension, combination => combination.GridIn(Of(grid ?? new LearningRateGrid.Log(0.001, 0.1, 3))));

    private static string Text(SpecViolation violation) => $"{violation.Field}: {violation.Problem}";
}
