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
        new OptimizerSettings.Sgd(), new OptimizerSettings.AdaGrad(), new OptimizerSettings.RmsProp(), new OptimizerSettings.Adam(),
    ];

    public static readonly ScheduleSettings[] Schedules =
    [
        new ScheduleSettings.Constant(), new ScheduleSettings.Step(1, 0.5), new ScheduleSettings.Cosine(1e-5),
    ];

    public static ArrayRows Rows() => new(featureCount: 23, classCount: 5, trainRows: 173, validationRows: 41);

    /// <summary>Rows that the model can learn.</summary>
    public static ArrayRows RowsFor(ModelSpec model) => model is ModelSpec.Logistic ? TwoClasses : FiveClasses;

    /// <summary>A lane whose settings depend on its number.</summary>
    public static LaneSpec Lane(int trial) => new(trial, 1, new TrialParameters(
        0.001 * Math.Pow(1.5, trial % 12), Optimizers[trial % 4], Schedules[trial % 3], trial % 2, trial % 12));

    public static TrainingPlan Plan(ModelSpec model, int? batchSize, int epochs, params LaneSpec[] lanes) =>
        new(model, new TrainingSpec(epochs, batchSize, 11), lanes, Math.Log(5));

    public static RecordingObserver Run(TrainingPlan plan, ITrainingRows rows, KernelPath kernel, int threads, Stream? checkpoint = null, long? stopAtStep = null)
    {
        var observer = new RecordingObserver(plan.Lanes.Select(lane => lane.Trial), stopAtStep);
        new JobTrainer(plan, rows, kernel, threads, observer).Run(checkpoint, CancellationToken.None);
        return observer;
    }
}
