using CloudSweep.Core.Domain;
using CloudSweep.Worker.Training;

namespace CloudSweep.Worker.Tests.Training;

/// <summary>Makes small jobs.</summary>
internal static class Jobs
{
    public static readonly ModelSpec Mlp = new ModelSpec.Mlp([19, 8], Activation.Relu);
    public static readonly ModelSpec TanhMlp = new ModelSpec.Mlp([19], Activation.Tanh);
    public static readonly ModelSpec Softmax = new ModelSpec.Softmax();

    /// <summary>Every model and activation.</summary>
    public static readonly Dictionary<string, ModelSpec> Models = new()
    {
        ["linear"] = new ModelSpec.Linear(),
        ["logistic"] = new ModelSpec.Logistic(),
        ["softmax"] = Softmax,
        ["relu"] = Mlp,
        ["tanh"] = TanhMlp,
        ["gelu"] = new ModelSpec.Mlp([19, 8], Activation.Gelu),
        ["gelu, a number"] = new ModelSpec.Mlp([19], Activation.Gelu, LearningTask.Regression),
    };

    private static readonly ArrayRows FiveClasses = Rows();
    private static readonly ArrayRows TwoClasses = new(featureCount: 23, classCount: 2, trainRows: 173, validationRows: 41);

    public static readonly OptimizerSettings[] Optimizers =
    [
        new OptimizerSettings.Sgd(),
        new OptimizerSettings.HeavyBall(Dampening: 0.1),
        new OptimizerSettings.Nesterov(WeightDecay: 1e-3),
        new OptimizerSettings.AdaGrad(LrDecay: 0.01, InitialAccumulator: 0.01),
        new OptimizerSettings.RmsProp(),
        new OptimizerSettings.RmsProp(Momentum: 0.5, Centered: true, WeightDecay: 1e-3),
        new OptimizerSettings.Adam(),
        new OptimizerSettings.Adam(Beta2: 0.9, Amsgrad: true, WeightDecay: 1e-3),
        new OptimizerSettings.AdamW(),
        new OptimizerSettings.AdamW(Beta2: 0.9, Amsgrad: true),
    ];

    public static readonly ScheduleSettings[] Schedules =
    [
        new ScheduleSettings.Constant(),
        new ScheduleSettings.Step(1, 0.5),
        new ScheduleSettings.Exponential(0.9),
        new ScheduleSettings.Polynomial(1.5),
        new ScheduleSettings.Cosine(1e-5),
        new ScheduleSettings.WarmupCosine(),
        new ScheduleSettings.OneCycle(),
    ];

    public static ArrayRows Rows() => new(featureCount: 23, classCount: 5, trainRows: 173, validationRows: 41);

    /// <summary>Rows that the model can learn.</summary>
    public static ArrayRows RowsFor(ModelSpec model) => model is ModelSpec.Logistic ? TwoClasses : FiveClasses;

    /// <summary>Settings of a trial; who makes a plan or a lone lane of it gives it another model and training.</summary>
    public static TrialParameters Parameters(double rate, OptimizerSettings optimizer, ScheduleSettings schedule) =>
        new(rate, optimizer, schedule, 0, 0, Softmax, new TrainingSpec(1, 32, 11));

    /// <summary>A lane whose settings depend on its number.</summary>
    public static LaneSpec Lane(int trial) => new(
        trial,
        1,
        Parameters(0.001 * Math.Pow(1.5, trial % 12), Optimizers[trial % 10], Schedules[trial % 7]) with { Repeat = trial % 2, RateIndex = trial % 12 });

    /// <summary>A lane whose model, batch size, epochs and seed depend on its number too.</summary>
    public static LaneSpec MixedLane(int trial) => With(
        Lane(trial),
        new[] { Mlp, TanhMlp, Softmax }[trial % 3],
        new TrainingSpec(2 + (trial % 2), new int?[] { 16, null, 50, 7, 1, 300 }[trial / 2 % 6], trial % 5));

    public static LaneSpec With(LaneSpec lane, ModelSpec model, TrainingSpec training) =>
        lane with { Parameters = lane.Parameters with { Model = model, Training = training } };

    public static TrainingPlan Plan(ModelSpec model, int? batchSize, int epochs, params LaneSpec[] lanes) =>
        Plan([.. lanes.Select(lane => With(lane, model, new TrainingSpec(epochs, batchSize, 11)))]);

    /// <summary>Lanes with models and training of their own.</summary>
    public static TrainingPlan Plan(params LaneSpec[] lanes) => new(lanes, Math.Log(5));

    public static RecordingObserver Run(TrainingPlan plan, ITrainingRows rows, KernelPath kernel, int threads, Stream? checkpoint = null, long? stopAt = null)
    {
        var observer = new RecordingObserver(plan.Lanes.Select(lane => lane.Trial), stopAt);
        new JobTrainer(plan, rows, kernel, threads, observer).Run(checkpoint, CancellationToken.None);
        return observer;
    }
}
