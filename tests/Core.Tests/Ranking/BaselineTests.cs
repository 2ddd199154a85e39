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
}
