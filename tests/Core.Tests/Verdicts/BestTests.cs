using CloudSweep.Core.Domain;

namespace CloudSweep.Core.Tests.Verdicts;

/// <summary>Which configuration is called best, and which are tied with it.</summary>
public sealed class BestTests
{
    [Fact]
    public void Best_Repeats_IsTheBestMeanAndNotTheLuckiestSeed()
    {
        // Means of the gains: 2 and 1.9, though the best single trial is the fifth.
        var best = new SweepResults(repeats: 3)
            .Completed(0.1, 1.9).Completed(0.1, 2.1).Completed(0.1, 2)
            .Completed(1, 1.7).Completed(1, 2.3).Completed(1, 1.7)
            .Answer().Best!;

        Assert.Equal(0.1, best.Trial.Parameters.LearningRate);
        Assert.Equal([1, 2, 3], best.Trials);
    }

    [Fact]
    public void Best_Repeats_HasTheirMeanAndTheErrorBetweenThem()
    {
        var metric = Assert.Single(new SweepResults(repeats: 3).Completed(0.1, 1.9, 0.3).Completed(0.1, 2.1, 0.3).Completed(0.1, 2, 0.3).Answer().Best!.Metrics);

        // Deviations ±0.1 and 0: sample variance 0.01.
        Assert.Equal(MetricNames.ValidationLoss, metric.Name);
        Assert.Equal(SweepResults.Baseline - 2, metric.Value, 12);
        Assert.Equal(0.1 / Math.Sqrt(3), metric.StandardError, 12);
    }

    [Fact]
    public void Best_OneRepeat_HasTheErrorOverRows() =>
        Assert.Equal(0.25, Assert.Single(new SweepResults().Completed(0.1, 2, 0.25).Answer().Best!.Metrics).StandardError);

    [Theory]
    [InlineData(1.5, 2.5, 2.1, 3)]
    [InlineData(1.5, 2.5, 2.0, 3)]
    [InlineData(2.0, 1.5, 2.5, 1)]
    [InlineData(1.0, 3.0, 5.0, 2)]
    public void Best_Repeats_ShowsTheTrialNearestToTheMean(double first, double second, double third, int expected) =>
        Assert.Equal(expected, new SweepResults(repeats: 3).Completed(0.1, first).Completed(0.1, second).Completed(0.1, third).Answer().Best!.Trial.Number);

    [Fact]
    public void Best_TwoRepeats_ShowsTheLowerNumber() =>
        Assert.Equal(1, new SweepResults(repeats: 2).Completed(0.1, 1.5).Completed(0.1, 2.5).Answer().Best!.Trial.Number);

    [Fact]
    public void Best_EqualMeans_IsTheLowerNumber() =>
        Assert.Equal(1, new SweepResults().Completed(0.1, 2).Completed(1, 2).Answer().Best!.Trial.Number);

    [Theory]
    [InlineData(TrialState.Pending)]
    [InlineData(TrialState.Running)]
    [InlineData(TrialState.Diverged)]
    [InlineData(TrialState.Failed)]
    [InlineData(TrialState.Cancelled)]
    public void Best_ARepeatDidNotComplete_IsAnother(TrialState state) =>
        Assert.Equal(0.1, new SweepResults(repeats: 2)
            .Completed(0.1, 2).Completed(0.1, 2)
            .Completed(1, 2.2).Ended(1, state)
            .Answer().Best!.Trial.Parameters.LearningRate);

    [Fact]
    public void Best_PrunedRateAheadAtItsRung_IsAnother() =>
        Assert.Equal(1, new SweepResults().Completed(0.1, 2).Pruned(1, 2.1).Answer().Best!.Trial.Number);

    [Fact]
    public void Best_ScoreIsNotFinite_IsAnother() =>
        Assert.Equal(2, new SweepResults().Completed(0.1, double.NaN).Completed(1, 2).Answer().Best!.Trial.Number);

    [Fact]
    public void Best_Accuracy_IsTheLargest() =>
        Assert.Equal(2, new SweepResults().Accurate(0.01, 0.5).Accurate(0.1, 0.9).Accurate(1, 0.8).AnswerByAccuracy().Best!.Trial.Number);

    [Fact]
    public void Tied_Repeats_CountsWholeConfigurations()
    {
        // Means 2 and 1.99, paired differences −0.1 and 0.12: σ = 0.156, SE = 0.11.
        var answer = new SweepResults(repeats: 2)
            .Completed(0.1, 2).Completed(0.1, 2)
            .Completed(1, 2.1).Completed(1, 1.88)
            .Completed(2, 1.5).Completed(2, 1.5)
            .Answer();

        Assert.Equal([1, 2, 3, 4], answer.Tied);
    }

    [Fact]
    public void Tied_AnotherCombination_GoesByTheSameRule()
    {
        // SE = √(0.03² + 0.03²) = 0.042 against adam's best; sgd at 1 has a larger error of its own, which is no excuse.
        var answer = new SweepResults()
            .Completed(0.01, 1.99, 0.03).Completed(0.1, 1.97, 0.03).Completed(1, 1.95, 0.3).Completed(0.001, 2, 0.03).LastWithAdam()
            .Answer();

        Assert.Equal([1, 2, 4], answer.Tied);
    }

    [Fact]
    public void Tied_ErrorsAreUnknown_TakesEqualScoresOnly() =>
        Assert.Equal([1, 2], new SweepResults().Completed(0.1, 2, double.NaN).Completed(1, 2, double.NaN).Completed(2, 1.99, double.NaN).Answer().Tied);

    [Fact]
    public void Tied_NothingWasLearned_IsEmpty() => Assert.Empty(new SweepResults().Completed(0.1, 0.1, 0.1).Completed(1, 0.1, 0.1).Answer().Tied);
}
