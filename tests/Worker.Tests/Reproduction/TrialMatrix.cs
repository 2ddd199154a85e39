using CloudSweep.Core.Domain;
using CloudSweep.Worker.Tests.Training;

namespace CloudSweep.Worker.Tests.Reproduction;

/// <summary>A trial for every model × optimizer × schedule; constants, weight decay, batch sizes and clipping change from one to the next.</summary>
internal static class TrialMatrix
{
    public const int Steps = 100;

    // 60 rows in batches of 8 are 8 steps an epoch, the last with 4 rows.
    private const int TrainRows = 60;

    private static readonly ArrayRows TwoClasses = new(featureCount: 6, classCount: 2, TrainRows, validationRows: 1);
    private static readonly ArrayRows FourClasses = new(featureCount: 6, classCount: 4, TrainRows, validationRows: 1);

    public static Dictionary<string, ModelSpec> Models { get; } = new()
    {
        ["linear"] = new ModelSpec.Linear(),
        ["logistic"] = new ModelSpec.Logistic(),
        ["softmax"] = new ModelSpec.Softmax(),
        ["relu"] = new ModelSpec.Mlp([5, 4], Activation.Relu),
        ["tanh"] = new ModelSpec.Mlp([5, 4], Activation.Tanh),
        ["gelu"] = new ModelSpec.Mlp([5, 4], Activation.Gelu),
        ["relu, a number"] = new ModelSpec.Mlp([5, 4], Activation.Relu, LearningTask.Regression),
    };

    private static (double Rate, OptimizerSettings[] Settings)[] Optimizers { get; } =
    [
        (0.1, [new OptimizerSettings.Sgd(), new OptimizerSettings.Sgd(WeightDecay: 0.01)]),
        (0.02, [new OptimizerSettings.HeavyBall(), new OptimizerSettings.HeavyBall(Momentum: 0.7, Dampening: 0.4, WeightDecay: 0.01)]),
        (0.02, [new OptimizerSettings.Nesterov(), new OptimizerSettings.Nesterov(Momentum: 0.7, WeightDecay: 0.01)]),
        (0.05, [new OptimizerSettings.AdaGrad(), new OptimizerSettings.AdaGrad(LrDecay: 0.01, InitialAccumulator: 0.1, WeightDecay: 0.01)]),
        (0.01,
        [
            new OptimizerSettings.RmsProp(),
            new OptimizerSettings.RmsProp(Alpha: 0.9, WeightDecay: 0.01),
            new OptimizerSettings.RmsProp(Momentum: 0.8),
            new OptimizerSettings.RmsProp(Alpha: 0.9, Centered: true),
            new OptimizerSettings.RmsProp(Alpha: 0.9, Momentum: 0.5, Centered: true, WeightDecay: 0.01),
        ]),
        (0.01,
        [
            new OptimizerSettings.Adam(),
            new OptimizerSettings.Adam(Beta1: 0.8, Beta2: 0.95, Epsilon: 1e-4, WeightDecay: 0.01),
            new OptimizerSettings.Adam(Beta2: 0.7, Amsgrad: true),
        ]),
        (0.01, [new OptimizerSettings.AdamW(), new OptimizerSettings.AdamW(Beta1: 0.8, Beta2: 0.95, WeightDecay: 0.1), new OptimizerSettings.AdamW(Beta2: 0.7, Amsgrad: true)]),
    ];

    private static ScheduleSettings[][] Schedules { get; } =
    [
        [new ScheduleSettings.Constant()],
        [new ScheduleSettings.Step(EveryEpochs: 1, Gamma: 0.8), new ScheduleSettings.Step(EveryEpochs: 3)],
        [new ScheduleSettings.Exponential(Gamma: 0.9)],
        [new ScheduleSettings.Polynomial(), new ScheduleSettings.Polynomial(Power: 1.5)],
        [new ScheduleSettings.Cosine(), new ScheduleSettings.Cosine(MinimumRate: 1e-3)],
        [new ScheduleSettings.WarmupCosine(), new ScheduleSettings.WarmupCosine(WarmupFraction: 0.25, StartFactor: 0, MinimumRate: 1e-3), new ScheduleSettings.WarmupCosine(WarmupFraction: 0)],
        [new ScheduleSettings.OneCycle(), new ScheduleSettings.OneCycle(WarmupFraction: 0.4, DivFactor: 10, FinalDivFactor: 10)],
    ];

    /// <summary>Rows that the model can learn.</summary>
    public static ArrayRows RowsFor(ModelSpec model) => model is ModelSpec.Logistic ? TwoClasses : FourClasses;

    /// <summary>The trials of a model, numbered from 1.</summary>
    public static IReadOnlyList<Trial> TrialsOf(string model)
    {
        var modelIndex = Models.Keys.ToList().IndexOf(model);
        var trials = new List<Trial>();
        for (var optimizer = 0; optimizer < Optimizers.Length; optimizer++)
        {
            var (rate, settings) = Optimizers[optimizer];
            for (var schedule = 0; schedule < Schedules.Length; schedule++)
            {
                var turn = modelIndex + optimizer + schedule;
                trials.Add(new Trial(trials.Count + 1, new TrialParameters(
                    rate,
                    settings[(modelIndex + schedule) % settings.Length],
                    Schedules[schedule][(modelIndex + optimizer) % Schedules[schedule].Length],
                    Repeat: turn % 2,
                    RateIndex: 0,
                    Models[model],
                    optimizer == 0 && turn % 3 == 2 ? new TrainingSpec(Epochs: 110, BatchSize: null, Seed: 5) : new TrainingSpec(Epochs: 13, BatchSize: 8, Seed: 5, turn % 3 == 1 ? 0.3 : null))));
            }
        }

        return trials;
    }

    /// <summary>How closely losses must agree: the denominators of adaptive optimizers amplify rounding.</summary>
    public static double BoundOf(OptimizerSettings optimizer) =>
        optimizer is OptimizerSettings.Sgd or OptimizerSettings.HeavyBall or OptimizerSettings.Nesterov ? 1e-4 : 1e-3;
}
