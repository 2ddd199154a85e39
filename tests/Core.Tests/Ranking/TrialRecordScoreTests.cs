using CloudSweep.Core.Domain;
using CloudSweep.Core.Ports.Store;
using CloudSweep.Core.Ranking;
using CsCheck;

namespace CloudSweep.Core.Tests.Ranking;

/// <summary>The score kept with a trial is the score of all its evaluations.</summary>
public sealed class TrialRecordScoreTests
{
    // In any order of arrival; some lack the metric.
    private static readonly Gen<Measurement.Evaluation[]> Evaluations = Gen.Select(
            Gen.OneOf(Gen.Double[-5, 5], Gen.Const(double.NaN), Gen.Const(double.PositiveInfinity), Gen.Const(double.NegativeInfinity), Gen.Const(1.0)), Gen.Int[0, 5], Gen.Double).Array[0, 12]
        .Select(values => values
            .Select((value, index) => (Evaluation: new Measurement.Evaluation(1, 1, 10 * (index + 1), 40, [new Metric(value.Item2 == 0 ? MetricNames.ValidationAccuracy : MetricNames.ValidationLoss, value.Item1, 0.1)]), Place: value.Item3))
            .OrderBy(arrival => arrival.Place)
            .Select(arrival => arrival.Evaluation)
            .ToArray());

    private static readonly Gen<Objective> Objectives = Gen.Select(
        Gen.Enum<ObjectiveGoal>(), Gen.Enum<ScoreUse>(), (goal, use) => new Objective(MetricNames.ValidationLoss, goal, use));

    [Fact]
    public void Scored_EvaluationsOneByOne_IsTheScoreOfAllOfThem() =>
        Gen.Select(Evaluations, Objectives).Sample((evaluations, objective) =>
        {
            var trial = evaluations.Aggregate(New, (trial, evaluation) => trial.Scored(evaluation, objective));

            Assert.Equal(TrialScore.Of(evaluations, objective, TrialState.Running)?.Value, trial.Score);
        });

    private static TrialRecord New { get; } = new()
    {
        Sweep = new SweepId("s"),
        Number = 1,
        Parameters = new TrialParameters(0.1, new OptimizerSettings.Sgd(), new ScheduleSettings.Constant(), 1, 0, new ModelSpec.Softmax(), new TrainingSpec(1, 32, 0)),
    };
}
