using CloudSweep.Core.Domain;
using CloudSweep.Core.Planning;
using CsCheck;

namespace CloudSweep.Core.Tests.Planning;

public sealed class LearningRatesTests
{
    private static readonly Gen<(double Min, double Max, int Count)> Bounds =
        from exponent in Gen.Double[-30, 30]
        from factor in Gen.Double[1.01, 1e6]
        from count in Gen.Int[2, 200]
        select (Math.Pow(10, exponent), Math.Pow(10, exponent) * factor, count);

    [Fact]
    public void Of_LogGridOverWholeDecades_GivesPowersOfTen() =>
        Assert.Equal([0.0001, 0.001, 0.01, 0.1, 1, 10], LearningRates.Of(new LearningRateGrid.Log(1e-4, 10, 6)));

    [Fact]
    public void Of_LogGridOfThreePerDecade_HasTwelveSignificantDigits() =>
        Assert.Equal([0.01, 0.0215443469003, 0.0464158883361, 0.1], LearningRates.Of(new LearningRateGrid.Log(0.01, 0.1, 4)));

    [Fact]
    public void Of_LinearGrid_IsEquallySpacedWithoutBinaryDust() =>
        Assert.Equal([0.1, 0.2, 0.3, 0.4], LearningRates.Of(new LearningRateGrid.Linear(0.1, 0.4, 4)));

    [Fact]
    public void Of_List_IsAscending() => Assert.Equal([0.1, 0.5, 2], LearningRates.Of(new LearningRateGrid.List([2, 0.1, 0.5])));

    [Fact]
    public void Of_OneRate_IsThatRate() => Assert.Equal([0.3], LearningRates.Of(new LearningRateGrid.Log(0.3, 0.3, 1)));

    [Fact]
    public void Beyond_LogGrid_KeepsItsRatio()
    {
        var grid = new LearningRateGrid.Log(0.001, 0.1, 5);

        Assert.Equal([0.316227766017, 1], LearningRates.Above(grid, 2));
        Assert.Equal([0.0001, 0.000316227766017], LearningRates.Below(grid, 2));
    }

    [Fact]
    public void Beyond_List_KeepsTheRatioOfItsEnd()
    {
        var grid = new LearningRateGrid.List([0.1, 0.3, 3]);

        Assert.Equal([30, 300], LearningRates.Above(grid, 2));
        Assert.Equal([0.0333333333333], LearningRates.Below(grid, 1));
    }

    [Fact]
    public void Beyond_LinearGrid_KeepsItsDifference() => Assert.Equal([0.4, 0.5], LearningRates.Above(new LearningRateGrid.Linear(0.1, 0.3, 3), 2));

    [Fact]
    public void Beyond_RandomGrid_KeepsTheMeanRatioOfItsRange() =>
        Assert.Equal([0.5, 5], LearningRates.Above(new LearningRateGrid.Random(0.001, 1, 4, 1), 2, from: 0.05));

    [Fact]
    public void Between_TwoRates_IsHalfWayOnALogScale() => Assert.Equal(0.1, LearningRates.Between(0.01, 1));

    [Fact]
    public void Of_Random_DrawsTheSameRatesForASeed()
    {
        var rates = LearningRates.Of(new LearningRateGrid.Random(1e-4, 1, 5, 7));

        Assert.Equal(rates, LearningRates.Of(new LearningRateGrid.Random(1e-4, 1, 5, 7)));
        Assert.NotEqual(rates, LearningRates.Of(new LearningRateGrid.Random(1e-4, 1, 5, 8)));
    }

    [Fact]
    public void Of_Random_HasAsManyInEveryDecade()
    {
        var decades = LearningRates.Of(new LearningRateGrid.Random(1e-4, 1, 8000, 7)).CountBy(rate => (int)Math.Floor(Math.Log10(rate))).ToDictionary();

        // Four standard deviations of a binomial count.
        Assert.Equal([-4, -3, -2, -1], decades.Keys.Order());
        Assert.All(decades.Values, count => Assert.InRange(count, 2000 - 155, 2000 + 155));
    }

    [Fact]
    public void Of_AnyRandom_IsWithinItsBoundsAscendingAndDistinct() =>
        Gen.Select(Bounds, Gen.Long).Sample((bounds, seed) =>
        {
            var rates = LearningRates.Of(new LearningRateGrid.Random(bounds.Min, bounds.Max, bounds.Count, seed));

            Assert.Equal(bounds.Count, rates.Count);
            Assert.All(rates, rate => Assert.InRange(rate, bounds.Min * (1 - 1e-11), bounds.Max * (1 + 1e-11)));
            Assert.All(rates.Zip(rates.Skip(1)), pair => Assert.True((float)pair.First < (float)pair.Second));
        });

    [Fact]
    public void Of_AnyBounds_StartsAndEndsExactlyThere() =>
        Bounds.Sample(bounds =>
        {
            foreach (var rates in Grids(bounds))
            {
                Assert.Equal((bounds.Min, bounds.Max, bounds.Count), (rates[0], rates[^1], rates.Count));
            }
        });

    [Fact]
    public void Of_AnyBounds_Ascends() =>
        Bounds.Sample(bounds => Assert.All(Grids(bounds), rates => Assert.All(rates.Zip(rates.Skip(1)), pair => Assert.True(pair.First < pair.Second))));

    [Fact]
    public void Of_AnyLogGrid_HasOneRatio() =>
        Bounds.Sample(bounds =>
        {
            var rates = LearningRates.Of(new LearningRateGrid.Log(bounds.Min, bounds.Max, bounds.Count));

            var ratio = Math.Pow(bounds.Max / bounds.Min, 1.0 / (bounds.Count - 1));
            Assert.All(rates.Zip(rates.Skip(1)), pair => Assert.Equal(1, pair.Second / pair.First / ratio, 1e-10));
        });

    private static IReadOnlyList<double>[] Grids((double Min, double Max, int Count) bounds) =>
    [
        LearningRates.Of(new LearningRateGrid.Log(bounds.Min, bounds.Max, bounds.Count)),
        LearningRates.Of(new LearningRateGrid.Linear(bounds.Min, bounds.Max, bounds.Count)),
    ];
}
