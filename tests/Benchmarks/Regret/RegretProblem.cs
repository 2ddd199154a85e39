using CloudSweep.Benchmarks.Tables;
using CloudSweep.Core.Domain;

namespace CloudSweep.Benchmarks.Regret;

/// <summary>Something to find a learning rate for.</summary>
/// <param name="Name">Data, model, optimizer and what else is special.</param>
/// <param name="Rows">Makes the rows.</param>
/// <param name="Model">What is trained.</param>
/// <param name="Optimizer">By which.</param>
/// <param name="Schedule">How the rate changes.</param>
/// <param name="Epochs">Passes.</param>
/// <param name="BatchSize">Rows of a step; null = all.</param>
internal sealed record RegretProblem(
    string Name, Func<TableRows> Rows, ModelSpec Model, OptimizerSettings Optimizer, ScheduleSettings Schedule, int Epochs, int? BatchSize)
{
    /// <summary>Four powers of ten, as a person would write them who knows the optimizer and nothing else.</summary>
    public (double Min, double Max) Range => Optimizer switch
    {
        OptimizerSettings.Sgd => (1e-3, 10),
        OptimizerSettings.HeavyBall or OptimizerSettings.Nesterov => (1e-4, 1),
        OptimizerSettings.AdaGrad => (1e-3, 10),
        _ => (1e-5, 0.1),
    };

    /// <summary>A sweep of this.</summary>
    /// <param name="rates">Its rates.</param>
    /// <param name="seed">Of initial weights and order.</param>
    /// <param name="pruning">Null = every trial runs to its end.</param>
    public SweepSpec Sweep(LearningRateGrid rates, long seed, PruningSpec? pruning) => new(
        1,
        "regret",
        new Objective(MetricNames.ValidationLoss, ObjectiveGoal.Minimize, ScoreUse.Final),
        new DataSpec("memory", DataFormat.Csv, new ColumnSelector.ByName("label"), null, ',', [], [], FeatureScale.Standard, 5, new ValidationSplit(0.2, 0)),
        Model,
        new TrainingSpec(Epochs, BatchSize, seed),
        rates,
        [new OptimizerChoice(Optimizer, null)],
        [Schedule],
        1,
        new ExecutionSpec(null, null, 5, "auto"))
    {
        Pruning = pruning,
    };
}
