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

    public static SweepAnswer Run(SweepSpec spec, TableRows rows)
    {
        var profile = rows.Profile();
        Trial[] trials = [.. TrialExpander.Expand(spec)];
        var plan = new TrainingPlan([.. trials.Select(trial => new LaneSpec(trial.Number, 1, trial.Parameters))], Baseline.TrainingLoss(profile));
        var observer = Jobs.Run(plan, rows, KernelPaths.Supported()[0], threads: 2);
        var measured = observer.Measurements.ToLookup(measurement => measurement.Trial);
        return SweepAnswerer.Answer(spec, profile, [.. trials.Select(trial => ResultOf(trial, observer.Outcomes[trial.Number], [.. measured[trial.Number]]))]);
    }

    private static TrialResult ResultOf(Trial trial, TrialOutcome outcome, Measurement[] measurements) =>
        new(trial, outcome.State, outcome.Reason, outcome.Step, measurements);
}
