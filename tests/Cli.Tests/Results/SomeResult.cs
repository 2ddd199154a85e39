using CloudSweep.Cli.Results;
using CloudSweep.Core.Domain;
using CloudSweep.Protos.V1;
using Google.Protobuf.WellKnownTypes;
using Proto = CloudSweep.Protos.V1;

namespace CloudSweep.Cli.Tests.Results;

/// <summary>Results as a Coordinator tells them, of which a test states only what matters to it.</summary>
internal static class SomeResult
{
    public static readonly OptimizerSettings ManyConstants = new OptimizerSettings.Adam(0.8, 0.99, 1e-6);

    /// <summary>One completed rate for each of <paramref name="rates"/>, the first of them recommended.</summary>
    public static SweepResult Of(OptimizerSettings optimizer, string metric, params double[] rates)
    {
        var trials = rates.Select((rate, index) => Trial(index + 1, optimizer, metric, rate)).ToArray();
        var description = new DescribeSweepResponse
        {
            Progress = new SweepProgress
            {
                Name = "some",
                State = Proto.SweepState.Completed,
                Elapsed = new Duration(),
                DataUse = new DataUse { TextPasses = 1 },
                Trials = new TrialCounts { Total = rates.Length, Completed = rates.Length },
            },
            SpecJson = "{}",
            Data = new DataSummary { TrainRows = 1437, ValidationRows = 360, Features = 64, Classes = 10 },
            Trials = { trials },
            Answer = new Answer
            {
                Best = trials[0],
                BestScore = Score(metric, 1),
                Recommended = new Recommendation { Trial = trials[0], Score = Score(metric, 1), Reason = "the only rate" },
                Baseline = 2.3,
                StableRanges =
                {
                    new StableRange
                    {
                        OptimizerJson = trials[0].Parameters.OptimizerJson,
                        ScheduleJson = trials[0].Parameters.ScheduleJson,
                        ModelJson = trials[0].Parameters.ModelJson,
                        TrainingJson = trials[0].Parameters.TrainingJson,
                        Low = rates[0],
                        High = rates[^1],
                    },
                },
                Verdicts = { trials.Select(trial => new RateVerdict { Parameters = trial.Parameters, Verdict = VerdictKind.Good, Mean = 0.5, Evidence = "the best", Trials = { trial.Number } }) },
            },
        };
        return new SweepResult(Spec(optimizer, metric, rates), description, []);
    }

    public static ConfigurationScore Score(string metric, params int[] trials) =>
        new() { Trials = { trials }, Metrics = { new MetricValue { Name = metric, Value = 0.51234567, StandardError = 0.0123 } } };

    private static Proto.Trial Trial(int number, OptimizerSettings optimizer, string metric, double rate) => new()
    {
        Number = number,
        Parameters = new Proto.TrialParameters { LearningRate = rate, OptimizerJson = CanonicalJson.Write(optimizer), ScheduleJson = CanonicalJson.Write<ScheduleSettings>(new ScheduleSettings.Constant()), ModelJson = CanonicalJson.Write<ModelSpec>(new ModelSpec.Softmax()), TrainingJson = CanonicalJson.Write(new TrainingSpec(1, 2, 0)) },
        State = Proto.TrialState.Completed,
        Step = 100,
        MetricsStep = 60,
        Metrics = { new MetricValue { Name = metric, Value = 0.5, StandardError = 0.01 } },
    };

    private static SweepSpec Spec(OptimizerSettings optimizer, string metric, double[] rates) => new(
        1,
        "some",
        new Objective(metric, ObjectiveGoal.Minimize, ScoreUse.Final),
        new DataSpec("a.csv", DataFormat.Csv, new ColumnSelector.ByName("y"), null, ',', [], [], FeatureScale.Standard, 5, new ValidationSplit(0.2, 0)),
        new ModelSpec.Softmax(),
        new TrainingSpec(1, 2, 0),
        new LearningRateGrid.List(rates),
        [new OptimizerChoice(optimizer, null)],
        [new ScheduleSettings.Constant()],
        1,
        new ExecutionSpec(null, null, 5, "auto"));
}
