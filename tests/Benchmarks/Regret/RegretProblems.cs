using CloudSweep.Benchmarks.Tables;
using CloudSweep.Core.Domain;

namespace CloudSweep.Benchmarks.Regret;

/// <summary>The twenty problems: real digits, MNIST and generated data; classes and numbers; all optimizers, most schedules, several batch sizes.</summary>
internal static class RegretProblems
{
    private static readonly ScheduleSettings Constant = new ScheduleSettings.Constant();
    private static readonly ScheduleSettings Cosine = new ScheduleSettings.Cosine();
    private static readonly ModelSpec Softmax = new ModelSpec.Softmax();
    private static readonly ModelSpec Linear = new ModelSpec.Linear();
    private static readonly OptimizerSettings Sgd = new OptimizerSettings.Sgd();
    private static readonly OptimizerSettings Adam = new OptimizerSettings.Adam();

    public static IReadOnlyList<RegretProblem> All { get; } =
    [
        new("digits softmax sgd", Digits, Softmax, Sgd, Constant, 25, 32),
        new("digits softmax adam cosine", Digits, Softmax, Adam, Cosine, 25, 32),
        new("digits mlp-32 sgd", Digits, Mlp(32), Sgd, Constant, 25, 32),
        new("digits mlp-32 momentum cosine", Digits, Mlp(32), new OptimizerSettings.HeavyBall(), Cosine, 25, 32),
        new("digits mlp-32 adam", Digits, Mlp(32), Adam, Constant, 25, 32),
        new("digits mlp-32-tanh rmsprop cosine", Digits, Mlp(32, Activation.Tanh), new OptimizerSettings.RmsProp(), Cosine, 50, 64),
        new("digits mlp-32-16 adamw warm-up", Digits, new ModelSpec.Mlp([32, 16], Activation.Relu), new OptimizerSettings.AdamW(), new ScheduleSettings.WarmupCosine(), 25, 32),
        new("mnist softmax sgd", Mnist, Softmax, Sgd, Constant, 8, 16),
        new("mnist softmax nesterov poly", Mnist, Softmax, new OptimizerSettings.Nesterov(), new ScheduleSettings.Polynomial(), 8, 16),
        new("mnist mlp-16 adam", Mnist, Mlp(16), Adam, Constant, 8, 16),
        new("mnist mlp-16 sgd step", Mnist, Mlp(16), Sgd, new ScheduleSettings.Step(3, 0.3), 8, 16),
        new("mnist mlp-16-gelu adagrad", Mnist, Mlp(16, Activation.Gelu), new OptimizerSettings.AdaGrad(), Constant, 8, 16),
        new("clouds softmax sgd", Clouds, Softmax, Sgd, Constant, 10, 32),
        new("clouds mlp-32 momentum", Clouds, Mlp(32), new OptimizerSettings.HeavyBall(), Constant, 10, 32),
        new("teacher mlp-32 adam cosine", () => GeneratedRows.Teacher(4000, 2000, 16, 4), Mlp(32), Adam, Cosine, 10, 32),
        new("two classes logistic nesterov", () => GeneratedRows.TwoClasses(4000, 2000, 20), new ModelSpec.Logistic(), new OptimizerSettings.Nesterov(), Constant, 10, 32),
        new("linear 1 decade sgd batch 8", () => GeneratedRows.Linear(2000, 1000, 10, 1, 0.3), Linear, Sgd, Constant, 10, 8),
        new("linear 1.5 decades momentum all", () => GeneratedRows.Linear(500, 500, 10, 1.5, 0.1), Linear, new OptimizerSettings.HeavyBall(), Constant, 1500, null),
        new("friedman mlp-32-tanh adam cosine", Friedman, new ModelSpec.Mlp([32], Activation.Tanh, LearningTask.Regression), Adam, Cosine, 20, 32),
        new("friedman mlp-32 sgd exponential", Friedman, new ModelSpec.Mlp([32], Activation.Relu, LearningTask.Regression), Sgd, new ScheduleSettings.Exponential(0.9), 20, 32),
    ];

    private static TableRows Digits() => RealRows.Digits(1400);

    private static TableRows Mnist() => RealRows.Mnist(2000, 1000);

    private static TableRows Clouds() => GeneratedRows.Clouds(4000, 2000, 24, 8, 2.5);

    private static TableRows Friedman() => GeneratedRows.Friedman(2000, 1000);

    private static ModelSpec.Mlp Mlp(int hidden, Activation activation = Activation.Relu) => new([hidden], activation);
}
