using CloudSweep.Core.Domain;
using CsCheck;

namespace CloudSweep.Core.Tests.Planning;

/// <summary>Sweeps of which a test states only what matters to it.</summary>
internal static class Some
{
    public static readonly DataSpec Data = new(
        "a.csv", DataFormat.Csv, new ColumnSelector.ByName("y"), null, ',', [], [], FeatureScale.Standard, 5, new ValidationSplit(0.2, 0));

    /// <summary>Any mix of grids, optimizers, schedules, variants and repeats; few enough trials for a property test.</summary>
    public static readonly Gen<SweepSpec> AnySweep =
        from rates in Gen.Int[1, 9]
        from adamRates in Gen.Int[1, 5]
        from optimizers in Gen.Int[1, 3]
        from schedules in Gen.Int[1, 3]
        from variants in Gen.Int[0, 4]
        from repeats in Gen.Int[1, 4]
        from trialsPerJob in Gen.Int[1, 20].Nullable()
        select Sweep(rates) with
        {
            Optimizers = new OptimizerChoice[]
            {
                new(new OptimizerSettings.Sgd(), null),
                new(new OptimizerSettings.Adam(), Grid(adamRates)),
                new(new OptimizerSettings.RmsProp(), null),
            }[..optimizers],
            Schedules = new ScheduleSettings[] { new ScheduleSettings.Constant(), new ScheduleSettings.Cosine(), new ScheduleSettings.Step(1) }[..schedules],
            OtherVariants = new SweepVariant[]
            {
                new(new ModelSpec.Mlp([4, 2], Activation.Relu), new TrainingSpec(1, 2, 0)),
                new(new ModelSpec.Mlp([4, 2], Activation.Relu), new TrainingSpec(1, null, 0)),
                new(new ModelSpec.Softmax(), new TrainingSpec(2, 2, 0)),
                new(new ModelSpec.Softmax(), new TrainingSpec(1, 2, 9)),
            }[..variants],
            Repeats = repeats,
            Execution = new ExecutionSpec(null, trialsPerJob, 5, "auto"),
        };

    public static SweepSpec Sweep(int rates) => new(
        1,
        "s",
        new Objective(MetricNames.ValidationLoss, ObjectiveGoal.Minimize, ScoreUse.Final),
        Data,
        new ModelSpec.Softmax(),
        new TrainingSpec(1, 2, 0),
        Grid(rates),
        [new OptimizerChoice(new OptimizerSettings.Sgd(), null)],
        [new ScheduleSettings.Constant()],
        1,
        new ExecutionSpec(null, null, 5, "auto"));

    private static LearningRateGrid.Log Grid(int count) => new(1e-3, count == 1 ? 1e-3 : 1, count);
}
