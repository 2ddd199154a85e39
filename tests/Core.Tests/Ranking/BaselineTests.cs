using CloudSweep.Core.Domain;
using CloudSweep.Core.Ranking;

namespace CloudSweep.Core.Tests.Ranking;

public sealed class BaselineTests
{
    // Training shares 3/4 and 1/4; validation shares 2/5 and 3/5.
    private static readonly DataProfile Profile = new([], [], [], [new LabelCount("a", 6, 2), new LabelCount("b", 2, 3)]);

    [Fact]
    public void TrainingLoss_UnequalClasses_IsTheEntropyOfTheirShares() =>
        Assert.Equal(-(0.75 * Math.Log(0.75)) - (0.25 * Math.Log(0.25)), Baseline.TrainingLoss(Profile), 12);

    [Fact]
    public void Of_Loss_PredictsTrainingSharesOnValidationRows() =>
        Assert.Equal(-(0.4 * Math.Log(0.75)) - (0.6 * Math.Log(0.25)), Baseline.Of(Profile, MetricNames.ValidationLoss), 12);

    [Fact]
    public void Of_Accuracy_PredictsTheMostFrequentTrainingClass() =>
        Assert.Equal(0.4, Baseline.Of(Profile, MetricNames.ValidationAccuracy), 12);

    [Fact]
    public void Of_Auc_IsThatOfAGuess() => Assert.Equal(0.5, Baseline.Of(Profile, MetricNames.ValidationAuc));

    // Training labels 1, 2, 3, 6 (mean 3, squares 14, median 2.5, distances 1.5, 0.5, 0.5, 3.5); validation labels 2 and 6 (mean 4, squares 8).
    private static readonly DataProfile Numbers = new([], [], [], [])
    {
        Target = new TargetStatistics(new ColumnStatistics(4, 3, 14, 1, 6), new ColumnStatistics(2, 4, 8, 2, 6), 2.5, 1.5),
    };

    [Fact]
    public void TrainingLoss_Numbers_IsTheVarianceOfStandardizedOnes() => Assert.Equal(1, Baseline.TrainingLoss(Numbers));

    // Errors of the training mean 3 on 2 and 6: 1 and 3.
    [Theory]
    [InlineData(MetricNames.ValidationLoss, 5 / 3.5)]
    [InlineData(MetricNames.ValidationRmse, 2.23606797749979)]
    [InlineData(MetricNames.ValidationMae, 1.5)]
    public void Of_Numbers_IsTheErrorOfTheTrainingMeanOrMedian(string metric, double expected) =>
        Assert.Equal(expected, Baseline.Of(Numbers, metric), 12);
}
