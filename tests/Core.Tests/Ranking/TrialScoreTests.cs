using CloudSweep.Core.Domain;
using CloudSweep.Core.Ranking;

namespace CloudSweep.Core.Tests.Ranking;

public sealed class TrialScoreTests
{
    private static readonly Objective Minimize = new(MetricNames.ValidationLoss, ObjectiveGoal.Minimize, ScoreUse.Final);
    private static readonly Objective Maximize = new(MetricNames.ValidationAccuracy, ObjectiveGoal.Maximize, ScoreUse.Best);

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void Of_LastValueIsNotFinite_IsNone(double value) => Assert.Null(Score(Minimize, At(1, 0.5), At(2, value)));

    [Fact]
    public void Of_DivergedTrial_IsNone() => Assert.Null(TrialScore.Of([At(1, 0.5)], Minimize, TrialState.Diverged));

    [Fact]
    public void Of_MetricWasNotMeasured_IsNone() => Assert.Null(Score(Minimize));

    [Fact]
    public void Of_LastEvaluationLacksTheMetric_IsNone() =>
        Assert.Null(Score(Minimize, At(1, 0.5), new Measurement.Evaluation(1, 1, 2, 100, [new Metric(MetricNames.ValidationAccuracy, 0.9, 0)])));

    [Fact]
    public void Of_UseFinal_TakesTheLastStepWhateverTheOrderOfArrival() =>
        Assert.Equal(0.7, Score(Minimize, At(30, 0.7), At(10, 0.2), At(20, 0.4))!.Value);

    [Fact]
    public void Of_UseBest_TakesTheBestFiniteEvaluationAndItsStep()
    {
        var score = Score(Minimize with { Use = ScoreUse.Best }, At(1, 0.7), At(2, 0.2), At(3, double.NaN))!;

        Assert.Equal((0.2, 2), (score.Value, score.Step));
    }

    [Fact]
    public void Of_Maximize_TakesTheLargest() => Assert.Equal(0.7, Score(Maximize, At(1, 0.2), At(2, 0.7), At(3, 0.4))!.Value);

    private static TrialScore? Score(Objective objective, params Measurement[] measurements) =>
        TrialScore.Of(measurements, objective, TrialState.Completed);

    private static Measurement.Evaluation At(long step, double value) =>
        new(1, 1, step, 100, [new Metric(MetricNames.ValidationLoss, value, 0), new Metric(MetricNames.ValidationAccuracy, value, 0)]);
}
