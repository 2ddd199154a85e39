using CloudSweep.Core.Domain;

namespace CloudSweep.Core.Tests.Verdicts;

/// <summary>Which rate to take, by the tied run around the best and the lowest diverged rate u.</summary>
public sealed class RecommendationTests
{
    private const string NoiseNote = "; noise: evaluation only, use repeats to know more";

    [Fact]
    public void Recommend_FiveTiedRates_TakesTheMiddleOne()
    {
        // √(0.01·100) = 1.
        var recommended = Tied([0.001], [0.01, 0.1, 1, 10, 100], [1000]);

        Assert.Equal((1, false), (recommended.Configuration.Trial.Parameters.LearningRate, recommended.AtEdge));
        Assert.Equal($"middle of 5 tied rates, no tried rate diverged{NoiseNote}", recommended.Reason);
    }

    [Fact]
    public void Recommend_FourTiedRates_TakesTheTriedRateBelowTheirMiddle() =>
        // √(0.01·10) = 0.316.
        Assert.Equal(0.1, Tied([0.001], [0.01, 0.1, 1, 10], [100]).Configuration.Trial.Parameters.LearningRate);

    [Fact]
    public void Recommend_MiddleCloseToDivergence_KeepsHalfTheDistance()
    {
        // √(0.6·1.2) = 0.85, but u/2 = 0.65.
        var recommended = new SweepResults()
            .Completed(0.1, 1).Completed(0.6, 2).Completed(0.8, 2).Completed(1.2, 2).Ended(1.3, TrialState.Diverged)
            .Answer().Recommended!;

        Assert.Equal((0.6, false), (recommended.Configuration.Trial.Parameters.LearningRate, recommended.AtEdge));
        Assert.Equal($"middle of 3 tied rates, at most half of the lowest diverged rate 1.3{NoiseNote}", recommended.Reason);
    }

    [Fact]
    public void Recommend_TiedRatesAllAboveHalfOfDivergence_TakesTheBestAndSaysSo()
    {
        // u/2 = 0.8.
        var recommended = new SweepResults()
            .Completed(0.1, 1).Completed(0.9, 1.99, error: 0.01).Completed(1.1, 2, error: 0.01).Ended(1.6, TrialState.Diverged)
            .Answer().Recommended!;

        Assert.Equal((1.1, true), (recommended.Configuration.Trial.Parameters.LearningRate, recommended.AtEdge));
        Assert.Equal($"the best of 2 tied rates, but within a factor of 2 of the lowest diverged rate 1.6{NoiseNote}", recommended.Reason);
    }

    [Fact]
    public void Recommend_TiedRunIsBroken_StaysOnTheBestsSide() =>
        // 0.01 is tied, but 0.1 between it and the best is not.
        Assert.Equal(1, new SweepResults().Completed(0.001, 0).Completed(0.01, 2).Completed(0.1, 1.5).Completed(1, 2.001, error: 0.01).Completed(10, 1).Answer().Recommended!.Configuration.Trial.Parameters.LearningRate);

    [Fact]
    public void Recommend_BetterRateAboveADivergedOne_IsNeverTaken()
    {
        var answer = new SweepResults().Completed(0.01, 1).Completed(0.1, 1.5).Ended(1, TrialState.Diverged).Completed(10, 2).Answer();

        Assert.Equal((10, 0.1), (answer.Best!.Trial.Parameters.LearningRate, answer.Recommended!.Configuration.Trial.Parameters.LearningRate));
    }

    [Theory]
    [InlineData(2, 1.5, 1, 0.01)]
    [InlineData(1, 1.5, 2, 1)]
    public void Recommend_EndOfTheGrid_SaysThatABetterRateMayLieOutside(double low, double middle, double high, double expected)
    {
        var recommended = new SweepResults().Completed(0.01, low).Completed(0.1, middle).Completed(1, high).Answer().Recommended!;

        Assert.Equal((expected, true), (recommended.Configuration.Trial.Parameters.LearningRate, recommended.AtEdge));
        Assert.Equal(
            $"the best rate, ahead of its neighbours by more than the noise, no tried rate diverged; at an end of the grid, so a better rate may lie outside{NoiseNote}",
            recommended.Reason);
    }

    [Fact]
    public void Recommend_Repeats_ShowsTheRepeatNearestToTheMean()
    {
        var recommended = new SweepResults(repeats: 3).Completed(0.1, 1.9).Completed(0.1, 2.1).Completed(0.1, 2).Answer().Recommended!;

        Assert.Equal(3, recommended.Configuration.Trial.Number);
        Assert.Equal([1, 2, 3], recommended.Configuration.Trials);
    }

    [Fact]
    public void Recommend_Combinations_TakesTheOneWithTheBestMean()
    {
        var answer = new SweepResults().Completed(0.1, 1.5).Completed(1, 2).LastWithAdam().Answer();

        Assert.Equal((2, 2), (answer.Recommended!.Configuration.Trial.Number, answer.StableRanges.Count));
    }

    [Fact]
    public void Recommend_BestCombinationLearnedNothingCertain_TakesAnotherThatDid() =>
        // A gain of 0.2 ± 0.11 may be chance, one of 0.19 ± 0.01 is not.
        Assert.Equal(2, new SweepResults().Completed(0.1, 0.2, 0.11).Completed(1, 0.19, 0.01).LastWithAdam().Answer().Recommended!.Configuration.Trial.Number);

    [Fact]
    public void Recommend_EveryLowerRatePruned_SaysThatOneMayWinLate()
    {
        var pruned = new SweepResults().Pruned(0.01, 1).Pruned(0.1, 1.5).Completed(1, 2).Completed(10, 1).Answer();
        var tried = new SweepResults().Pruned(0.01, 1).Completed(0.1, 1.5).Completed(1, 2).Completed(10, 1).Answer();

        Assert.Equal("the best rate, ahead of its neighbours by more than the noise, no tried rate diverged; every lower rate was pruned early, and such a rate may win late; noise: evaluation only, use repeats to know more", pruned.Recommended!.Reason);
        Assert.DoesNotContain("pruned early", tried.Recommended!.Reason, StringComparison.Ordinal);
    }

    private static Core.Verdicts.Recommendation Tied(double[] slow, double[] tied, double[] large)
    {
        var results = new SweepResults();
        foreach (var rate in slow.Concat(tied).Concat(large))
        {
            results.Completed(rate, tied.Contains(rate) ? 2 : 1);
        }

        return results.Answer().Recommended!;
    }
}
