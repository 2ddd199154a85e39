using CloudSweep.Core.Domain;
using CloudSweep.Worker.Training;

namespace CloudSweep.Worker.Tests.Training;

/// <summary>Makes small jobs.</summary>
internal static class Jobs
{
    public static readonly ModelSpec Mlp = new ModelSpec.Mlp([19, 8], Activation.Relu);
    public static readonly ModelSpec TanhMlp = new ModelSpec.Mlp([19], Activation.Tanh);
    public static readonly ModelSpec Softmax = new ModelSpec.Softmax();

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

    /// <summary>A lane whose settings depend on its number.</summary>
    public static LaneSpec Lane(int trial) => new(trial, 1, new TrialParameters(
        0.001 * Math.Pow(1.5, trial % 12), Optimizers[trial % 10], Schedules[trial % 7], trial % 2, trial % 12));

    public static TrainingPlan Plan(ModelSpec model, int? batchSize, int epochs, params LaneSpec[] lanes) =>
        new(model, new TrainingSpec(epochs, batchSize, 11), lanes, Math.Log(5));

    public static RecordingObserver Run(TrainingPlan plan, ITrainingRows rows, KernelPath kernel, int threads, Stream? checkpoint = null, long? stopAtStep = null)
    {
        var observer = new RecordingObserver(plan.Lanes.Select(lane => lane.Trial), stopAtStep);
        new JobTrainer(plan, rows, kernel, threads, observer).Run(checkpoint, CancellationToken.None);
        return observer;
    }
}
