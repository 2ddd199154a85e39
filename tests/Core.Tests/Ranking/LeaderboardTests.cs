using CloudSweep.Core.Domain;
using CloudSweep.Core.Ranking;
using CloudSweep.Core.Verdicts;

namespace CloudSweep.Core.Tests.Ranking;

public sealed class LeaderboardTests
{
    private static readonly Objective Minimize = new(MetricNames.ValidationLoss, ObjectiveGoal.Minimize, ScoreUse.Final);
    private static readonly Objective Maximize = new(MetricNames.ValidationAccuracy, ObjectiveGoal.Maximize, ScoreUse.Final);

    [Fact]
    public void Rank_Minimize_PutsTheSmallestFirst() =>
        Assert.Equal([2, 3, 1], Ranked(Minimize, Trial(1, 0.9), Trial(2, 0.1), Trial(3, 0.5)));

    [Fact]
    public void Rank_Maximize_PutsTheLargestFirst() =>
        Assert.Equal([1, 3, 2], Ranked(Maximize, Trial(1, 0.9), Trial(2, 0.1), Trial(3, 0.5)));

    [Fact]
    public void Rank_EqualScores_PutsTheLowerNumberFirst() =>
        Assert.Equal([1, 2, 3], Ranked(Minimize, Trial(3, 0.5), Trial(1, 0.5), Trial(2, 0.5)));

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public void Rank_ScoreIsNotFinite_LeavesTheTrialOut(double value) =>
        Assert.Equal([2], Ranked(Minimize, Trial(1, value), Trial(2, 0.5)));

    [Theory]
    [InlineData(TrialState.Pending)]
    [InlineData(TrialState.Running)]
    [InlineData(TrialState.Pruned)]
    [InlineData(TrialState.Diverged)]
    [InlineData(TrialState.Failed)]
    [InlineData(TrialState.Cancelled)]
    public void Rank_TrialDidNotComplete_LeavesItOut(TrialState state) =>
        Assert.Equal([2], Ranked(Minimize, Trial(1, 0.1) with { State = state }, Trial(2, 0.5)));

    [Fact]
    public void Rank_MetricWasNotMeasured_LeavesTheTrialOut() =>
        Assert.Equal([2], Ranked(Minimize, Trial(1, 0.1) with { Measurements = [] }, Trial(2, 0.5)));

    [Fact]
    public void Rank_UseFinal_TakesTheLastStepWhateverTheOrderOfArrival() =>
        Assert.Equal(0.7, Leaderboard.Rank([Trial(1, 0.7) with { Measurements = [At(30, 0.7), At(10, 0.2), At(20, 0.4)] }], Minimize)[0].Score.Value);

    [Fact]
    public void Rank_UseBest_TakesTheBestFiniteEvaluationAndItsStep()
    {
        var score = Leaderboard.Rank([Trial(1, [0.7, 0.2, double.NaN])], Minimize with { Use = ScoreUse.Best })[0].Score;

        Assert.Equal((0.2, 2), (score.Value, score.Step));
    }

    [Fact]
    public void TiedWithBest_Minimize_TakesThoseWithinTheNoiseOfBothEvaluations()
    {
        // The noise of two errors of 0.03 and 0.04 is 0.05; that of two of 0.03 is 0.042.
        var ranking = Leaderboard.Rank([Trial(4, 0.50, error: 0.03), Trial(1, 0.549, error: 0.04), Trial(2, 0.549, error: 0.03), Trial(3, 0.6, error: 0.03)], Minimize);

        Assert.Equal([1, 4], Leaderboard.TiedWithBest(ranking, Minimize));
    }

    [Fact]
    public void TiedWithBest_Maximize_CountsDownwards()
    {
        var ranking = Leaderboard.Rank([Trial(1, 0.90, error: 0.03), Trial(2, 0.87, error: 0.03), Trial(3, 0.80, error: 0.03)], Maximize);

        Assert.Equal([1, 2], Leaderboard.TiedWithBest(ranking, Maximize));
    }

    [Fact]
    public void TiedWithBest_ErrorsAreUnknown_TakesEqualScoresOnly()
    {
        var ranking = Leaderboard.Rank([Trial(1, 0.5, error: double.NaN), Trial(2, 0.5, error: double.NaN), Trial(3, 0.51, error: double.NaN)], Minimize);

        Assert.Equal([1, 2], Leaderboard.TiedWithBest(ranking, Minimize));
    }

    [Fact]
    public void TiedWithBest_NothingRanks_IsEmpty() => Assert.Empty(Leaderboard.TiedWithBest([], Minimize));

    private static IEnumerable<int> Ranked(Objective objective, params TrialResult[] results) =>
        Leaderboard.Rank(results, objective).Select(entry => entry.Trial.Trial.Number);

    private static TrialResult Trial(int number, double value, double error) =>
        Trial(number, value) with { Measurements = [At(1, value, error)] };

    private static TrialResult Trial(int number, params double[] values) => new(
        new Trial(number, new TrialParameters(0.1, new OptimizerSettings.Sgd(), new ScheduleSettings.Constant(), 0, 0, new ModelSpec.Softmax(), new TrainingSpec(1, 2, 0))),
        TrialState.Completed,
        "",
        values.Length,
        [.. values.Select((value, index) => At(index + 1, value))]);

    private static Measurement.Evaluation At(long step, double value, double error = 0) =>
        new(1, 1, step, 100, [new Metric(MetricNames.ValidationLoss, value, error), new Metric(MetricNames.ValidationAccuracy, value, error)]);
}
