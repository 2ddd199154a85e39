using CloudSweep.Core.Domain;
using CloudSweep.Worker.Training;
using CloudSweep.Worker.Training.Optimizers;

namespace CloudSweep.Worker.Tests.Training;

/// <summary>100 steps of every optimizer under every schedule against PyTorch's formulas in double precision.</summary>
public sealed class OptimizerReferenceTests
{
    private const int Steps = 100;
    private const int Epochs = 10;
    private const int BatchSize = 8;
    private const int RowCount = Steps / Epochs * BatchSize;
    private const double UnitRoundoff = 1.0 / (1 << 24);

    private static readonly ModelSpec.Softmax Softmax = new();

    private static Dictionary<string, (OptimizerSettings Optimizer, double Rate)> Optimizers { get; } = new()
    {
        ["sgd"] = (new OptimizerSettings.Sgd(), 0.2),
        ["sgd, decay"] = (new OptimizerSettings.Sgd(WeightDecay: 0.1), 0.2),
        ["momentum"] = (new OptimizerSettings.HeavyBall(), 0.05),
        ["momentum, other constants"] = (new OptimizerSettings.HeavyBall(Momentum: 0.7, Dampening: 0.4, WeightDecay: 0.1), 0.2),
        ["nesterov"] = (new OptimizerSettings.Nesterov(), 0.05),
        ["nesterov, other constants"] = (new OptimizerSettings.Nesterov(Momentum: 0.7, WeightDecay: 0.1), 0.1),
        ["adagrad"] = (new OptimizerSettings.AdaGrad(), 0.1),
        ["adagrad, large epsilon"] = (new OptimizerSettings.AdaGrad(Epsilon: 0.05), 0.1),
        ["adagrad, other constants"] = (new OptimizerSettings.AdaGrad(LrDecay: 0.01, InitialAccumulator: 0.1, WeightDecay: 0.1), 0.1),
        ["rmsprop"] = (new OptimizerSettings.RmsProp(), 0.01),
        ["rmsprop, other constants"] = (new OptimizerSettings.RmsProp(Alpha: 0.9, Epsilon: 0.05, WeightDecay: 0.1), 0.01),
        ["rmsprop, momentum"] = (new OptimizerSettings.RmsProp(Momentum: 0.8), 0.002),
        ["rmsprop, centered"] = (new OptimizerSettings.RmsProp(Alpha: 0.9, Epsilon: 0.05, Centered: true), 0.01),
        ["rmsprop, centered with momentum"] = (new OptimizerSettings.RmsProp(Alpha: 0.9, Epsilon: 0.05, Momentum: 0.5, Centered: true, WeightDecay: 0.1), 0.005),
        ["adam"] = (new OptimizerSettings.Adam(), 0.01),
        ["adam, other constants"] = (new OptimizerSettings.Adam(Beta1: 0.8, Beta2: 0.95, Epsilon: 0.05), 0.01),
        ["adam, amsgrad and decay"] = (new OptimizerSettings.Adam(Beta1: 0.8, Beta2: 0.7, Amsgrad: true, WeightDecay: 0.1), 0.01),
        ["adamw"] = (new OptimizerSettings.AdamW(), 0.01),
        ["adamw, other constants"] = (new OptimizerSettings.AdamW(Beta1: 0.8, Beta2: 0.7, Epsilon: 0.05, Amsgrad: true, WeightDecay: 0.5), 0.01),
    };

    private static Dictionary<string, ScheduleSettings> Schedules { get; } = new()
    {
        ["constant"] = new ScheduleSettings.Constant(),
        ["step"] = new ScheduleSettings.Step(EveryEpochs: 3, Gamma: 0.5),
        ["exponential"] = new ScheduleSettings.Exponential(Gamma: 0.9),
        ["polynomial"] = new ScheduleSettings.Polynomial(Power: 1.5),
        ["cosine"] = new ScheduleSettings.Cosine(MinimumRate: 1e-3),
        ["warm-up + cosine"] = new ScheduleSettings.WarmupCosine(WarmupFraction: 0.25, StartFactor: 0.1, MinimumRate: 1e-3),
        ["one-cycle"] = new ScheduleSettings.OneCycle(WarmupFraction: 0.4, DivFactor: 10, FinalDivFactor: 10),
    };

    public static TheoryData<string, string> Updates() => new MatrixTheoryData<string, string>(Optimizers.Keys, Schedules.Keys);

    public static TheoryData<string, string> Trials() => new MatrixTheoryData<string, string>([.. Optimizers.Keys, "gradient descent", "sgd, clipped", "adam, clipped"], Schedules.Keys);

    /// <summary>
    /// The update alone, on given gradients. A step rounds the weight once, and its move and running averages a few times, u each;
    /// over the steps these errors walk randomly: 2 · √steps · u of the weight and of the path together.
    /// </summary>
    [Theory]
    [MemberData(nameof(Updates))]
    public void Step_GivenGradients_FollowsTheFormulaToRounding(string optimizer, string schedule)
    {
        const int Count = 4 * Worker.Training.Kernels.KernelSet.Padding;
        var (settings, rate) = Optimizers[optimizer];
        foreach (var path in KernelPaths.Supported())
        {
            var kernels = KernelPaths.KernelsOf(path);
            var weights = Enumerable.Range(0, Count).Select(index => (float)Signed(0, index)).ToArray();
            var expected = Array.ConvertAll(weights, weight => (double)weight);
            var state = Optimizer.For(settings, Count);
            var reference = new ReferenceOptimizer(settings, Count);
            for (var t = 0; t < Steps; t++)
            {
                var gradients = Enumerable.Range(0, Count).Select(index => Gradient(t, index)).ToArray();

                state.Step(kernels, weights, gradients, LearningRateSchedule.RateAt(Schedules[schedule], rate, t, Steps / Epochs, Steps));

                reference.Step(
                    expected, Array.ConvertAll(gradients, gradient => (double)gradient), ReferenceSchedule.RateAt(Schedules[schedule], rate, t, Steps / Epochs, Steps));
            }

            var tolerance = 2 * Math.Sqrt(Steps) * UnitRoundoff * (expected.Max(Math.Abs) + reference.PathLength);
            Assert.All(expected.Zip(weights), pair => Assert.Equal(pair.First, pair.Second, tolerance));
        }
    }

    /// <summary>
    /// A whole trial: order of batches, mean loss, gradient, rate and update. Softmax's loss is convex, so an error does not grow; 100 moves of up to
    /// 0.1 whose gradients are off by some 1e-7 of the largest, more after division by a small one's own size, walk to less than 2e-6.
    /// </summary>
    [Theory]
    [MemberData(nameof(Trials))]
    public void Train_HundredSteps_FollowsTheReferenceTrial(string optimizer, string schedule)
    {
        var isFullBatch = optimizer == "gradient descent";
        var clip = optimizer.EndsWith(", clipped", StringComparison.Ordinal) ? 0.2 : (double?)null;
        var (settings, rate) = Optimizers[isFullBatch ? "sgd" : clip is null ? optimizer : optimizer.Split(',')[0]];
        var rows = new ArrayRows(featureCount: 3, classCount: 3, RowCount, validationRows: 1);
        var training = new TrainingSpec(isFullBatch ? Steps : Epochs, isFullBatch ? null : BatchSize, Seed: 5, clip);
        var solo = new SoloLane(Softmax, training, Jobs.Parameters(rate, settings, Schedules[schedule]), rows, KernelPaths.Supported()[0]);
        var expected = Array.ConvertAll(solo.Lane.Parameters.ToArray(), weight => (double)weight);
        var network = new ReferenceNetwork(solo.Layout, rows);
        var reference = new ReferenceOptimizer(settings, expected.Length);
        var stepsPerEpoch = Steps / training.Epochs;
        for (var t = 0; t < Steps; t++)
        {
            var (epoch, batch) = (t / stepsPerEpoch, t % stepsPerEpoch);
            var batchRows = RowCount / stepsPerEpoch;
            int[] indices = [.. Enumerable.Range(batch * batchRows, batchRows).Select(position => rows.TrainRowAt(epoch, position))];
            reference.Step(expected, Clipped(network.Gradient(expected, indices), clip), ReferenceSchedule.RateAt(Schedules[schedule], rate, t, stepsPerEpoch, Steps));
        }

        for (var epoch = 0; epoch < training.Epochs; epoch++)
        {
            solo.TrainEpoch(epoch);
        }

        Assert.Equal(Steps, solo.Lane.Step);
        Assert.True(reference.PathLength > 0.1, "The trial goes nowhere.");
        Assert.All(expected.Zip(solo.Lane.Parameters.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 2e-6));
    }

    // clip_grad_norm_: g · min(1, max_norm / (‖g‖ + 1e-6))
    private static double[] Clipped(double[] gradient, double? clip)
    {
        var factor = Math.Min(1, (clip ?? double.PositiveInfinity) / (Math.Sqrt(gradient.Sum(value => value * value)) + 1e-6));
        return Array.ConvertAll(gradient, value => value * factor);
    }

    // Sizes over four decades, signs that partly cancel, and exact zeros.
    private static float Gradient(int t, int index) =>
        (t + index) % 13 == 0 ? 0 : (float)((Signed(t + 1, index) + 0.3) * Math.ScaleB(1, -(index % 14)));

    private static double Signed(int t, int index) => (2 * KeyedRandom.UnitInterval(3, RandomPurpose.SyntheticNoise, t, index)) - 1;
}
