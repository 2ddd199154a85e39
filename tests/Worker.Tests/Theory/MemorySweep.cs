using CloudSweep.Benchmarks.Tables;
using CloudSweep.Core.Domain;
using CloudSweep.Core.Planning;
using CloudSweep.Core.Ranking;
using CloudSweep.Core.Verdicts;
using CloudSweep.Worker.Tests.Training;
using CloudSweep.Worker.Training;

namespace CloudSweep.Worker.Tests.Theory;

/// <summary>A whole sweep on rows in memory: trials from the spec, trained by the lanes of one job, judged from what they measured.</summary>
internal static class MemorySweep
{
    public static SweepSpec Spec(ModelSpec model, TrainingSpec training, params OptimizerChoice[] optimizers) => new(
        1,
        "theory",
        new Objective(MetricNames.ValidationLoss, ObjectiveGoal.Minimize, ScoreUse.Final),
        Data.DataFolder.Spec,
        model,
        training,
        new LearningRateGrid.List([1]),
        optimizers,
        [new ScheduleSettings.Constant()],
        1,
        new ExecutionSpec(null, null, 5, "auto"));

    /// <summary>Every repeat is a job with an order of its own, as the packer has it.</summary>
    public static SweepAnswer Run(SweepSpec spec, TableRows rows)
    {
        var profile = rows.Profile();
        var results = TrialExpander.Expand(spec).GroupBy(trial => trial.Parameters.Repeat).SelectMany(job => Train([.. job], rows, profile)).ToArray();
        return SweepAnswerer.Answer(spec, profile, results);
    }

    private static IEnumerable<TrialResult> Train(Trial[] trials, TableRows rows, DataProfile profile)
    {
        var parameters = trials[0].Parameters;
        var ordered = rows.Ordered(TrialSeeds.For(parameters.Training, parameters.Repeat).DataOrder);
        var plan = new TrainingPlan([.. trials.Select(trial => new LaneSpec(trial.Number, 1, trial.Parameters))], Baseline.TrainingLoss(profile));
        var observer = Jobs.Run(plan, ordered, KernelPaths.Supported()[0], threads: 2);
        var measured = observer.Measurements.ToLookup(measurement => measurement.Trial);
        return trials.Select(trial => ResultOf(trial, observer.Outcomes[trial.Number], [.. measured[trial.Number]]));
    }

    private static TrialResult ResultOf(Trial trial, TrialOutcome outcome, Measurement[] measurements) =>
        new(trial, outcome.State, outcome.Reason, outcome.Step, measurements);
}
