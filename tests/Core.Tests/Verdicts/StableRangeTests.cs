using CloudSweep.Core.Domain;
using CloudSweep.Core.Verdicts;

namespace CloudSweep.Core.Tests.Verdicts;

/// <summary>Which rates are safe: from the lowest that is not too slow to the highest below u.</summary>
public sealed class StableRangeTests
{
    [Fact]
    public void StableRange_TypicalSweep_IsBracketedOnBothSides()
    {
        var range = RangeOf(new SweepResults().Completed(0.001, 1).Completed(0.01, 2).Completed(0.1, 2).Completed(1, 1.5).Ended(10, TrialState.Diverged));

        Assert.Equal((0.01, 1, true, true), (range.Low, range.High, range.IsBracketedBelow, range.IsBracketedAbove));
        Assert.Equal(2, range.Decades, 12);
    }

    [Fact]
    public void StableRange_EveryRateGood_IsBracketedOnNoSide()
    {
        var range = RangeOf(new SweepResults().Completed(0.01, 2).Completed(0.1, 2));

        Assert.Equal((0.01, 0.1, false, false), (range.Low, range.High, range.IsBracketedBelow, range.IsBracketedAbove));
    }

    [Fact]
    public void StableRange_OnlyAWorseRateAbove_IsBracketedAbove() =>
        Assert.True(RangeOf(new SweepResults().Completed(0.1, 2).Completed(1, 1)).IsBracketedAbove);

    [Fact]
    public void StableRange_RateNoBetterThanAConstant_EndsItLikeAStoppedOne()
    {
        var range = RangeOf(new SweepResults().Completed(0.1, 2).Completed(1, 0).Completed(10, 1.9));

        Assert.Equal((0.1, 0.1, true), (range.Low, range.High, range.IsBracketedAbove));
    }

    [Fact]
    public void StableRange_SlowRateBetweenGoodOnes_EndsTheRun() =>
        Assert.Equal(1, RangeOf(new SweepResults().Completed(0.01, 1.99).Completed(0.1, 1).Completed(1, 2)).Low);

    [Fact]
    public void StableRange_SurvivorAboveDivergence_IsOutside() =>
        Assert.Equal(0.1, RangeOf(new SweepResults().Completed(0.1, 2).Ended(1, TrialState.Diverged).Completed(10, 2)).High);

    [Fact]
    public void StableRange_FailedRatesAtItsEnds_EndsWithKnownOnes()
    {
        var range = RangeOf(new SweepResults().Ended(0.01, TrialState.Failed).Completed(0.1, 2).Completed(1, 2).Ended(2, TrialState.Failed).Ended(10, TrialState.Diverged));

        Assert.Equal((0.1, 1), (range.Low, range.High));
    }

    [Fact]
    public void StableRange_PrunedRates_EndItOnBothSidesAndBracketIt()
    {
        var results = new SweepResults().Pruned(0.001, 1).Completed(0.01, 1.99).Completed(0.1, 2).Pruned(1, 1.9).Ended(10, TrialState.Diverged);

        var range = RangeOf(results);

        Assert.Equal((0.01, 0.1, true, true), (range.Low, range.High, range.IsBracketedBelow, range.IsBracketedAbove));
        Assert.True(results.Answer().Findings.Single().IsComplete);
    }

    private static StableRange RangeOf(SweepResults results) => Assert.Single(results.Answer().StableRanges);
}
