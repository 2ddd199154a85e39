using CloudSweep.Core.Domain;
using CloudSweep.Core.Planning.Packing;
using CloudSweep.Worker.Training;
using CloudSweep.Worker.Training.Kernels;
using CloudSweep.Worker.Training.Optimizers;

namespace CloudSweep.Worker.Tests.Training;

/// <summary>
/// Weights after six steps as PyTorch 1.13.1 computes them in float64 (torch.optim.SGD, Adagrad, RMSprop, Adam, AdamW; lr 0.1,
/// weights [1, -0.5, 0.25, 0], gradient ((7t + 3i) mod 11 − 5) / 8 of weight i in step t from 0).
/// </summary>
public sealed class OptimizerGoldenTests
{
    private const int Steps = 6;

    private static readonly double[] Start = [1, -0.5, 0.25, 0];

    private static readonly (OptimizerSettings Settings, double[] Weights)[] Golden =
    [
        (new OptimizerSettings.Sgd(WeightDecay: 0.1),
            [0.9650283522697499, -0.5318775615779999, 0.22299006210149996, 0.039086697505000004]),
        (new OptimizerSettings.HeavyBall(),
            [1.120821875, -0.6751665, 0.23054637499999997, -0.07770450000000001]),
        (new OptimizerSettings.HeavyBall(Momentum: 0.8, Dampening: 0.3, WeightDecay: 0.1),
            [1.0042260445894657, -0.5216936944547244, 0.19792273238899158, -0.07901883555460967]),
        (new OptimizerSettings.Nesterov(Momentum: 0.8, WeightDecay: 0.1),
            [0.903485462054676, -0.5914228212026367, 0.18365818132029835, 0.016087952166701093]),
        (new OptimizerSettings.AdaGrad(),
            [1.0553846997726275, -0.5170026305514406, 0.18613481327916875, 0.0003736067344134522]),
        (new OptimizerSettings.AdaGrad(Epsilon: 0.05, LrDecay: 0.2, InitialAccumulator: 0.3, WeightDecay: 0.1),
            [1.0049297284557457, -0.5087416967863986, 0.23105654693759103, -0.014258171628881496]),
        (new OptimizerSettings.RmsProp(),
            [1.5540573065690002, -0.6727962411903894, -0.38953963415345266, 0.012264805006177104]),
        (new OptimizerSettings.RmsProp(Alpha: 0.9, Epsilon: 0.05, Momentum: 0.7, Centered: true, WeightDecay: 0.1),
            [0.9285776509404581, -0.5149106086796136, 0.014571186773802211, -0.16721049733852245]),
        (new OptimizerSettings.Adam(),
            [1.1655394996390722, -0.5549807297796622, 0.1637517945530609, -0.16289744196520942]),
        (new OptimizerSettings.Adam(Beta1: 0.8, Beta2: 0.5, Epsilon: 0.05, Amsgrad: true, WeightDecay: 0.1),
            [1.0370713227509702, -0.5001549016564247, 0.16981964450750206, -0.10673368087421123]),
        (new OptimizerSettings.AdamW(),
            [1.1588082512738949, -0.5521330343455667, 0.162660398973175, -0.16210536467746478]),
        (new OptimizerSettings.AdamW(Beta1: 0.8, Beta2: 0.5, Epsilon: 0.05, Amsgrad: true, WeightDecay: 0.2),
            [0.9976038685875183, -0.4872069112564483, 0.17063187962918602, -0.1034999865241951]),
    ];

    public static TheoryData<int> Cases() => [.. Enumerable.Range(0, Golden.Length)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Step_OfTheReference_IsPyTorchs(int golden)
    {
        var (settings, expected) = Golden[golden];
        var weights = Start.ToArray();
        var reference = new ReferenceOptimizer(settings, Start.Length);
        for (var t = 0; t < Steps; t++)
        {
            reference.Step(weights, Gradients(t), 0.1);
        }

        Assert.All(expected.Zip(weights), pair => Assert.Equal(pair.First, pair.Second, 1e-13));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Step_OfEveryPath_IsPyTorchsToSinglePrecision(int golden)
    {
        var (settings, expected) = Golden[golden];
        foreach (var path in KernelPaths.Supported())
        {
            var weights = Padded(Start);
            var optimizer = Optimizer.For(settings, weights.Length);
            for (var t = 0; t < Steps; t++)
            {
                optimizer.Step(KernelPaths.KernelsOf(path), weights, Padded(Gradients(t)), 0.1);
            }

            Assert.All(expected.Zip(weights), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
        }
    }

    /// <summary>
    /// A gradient that hardly changes has no variance, and rounding makes it negative: PyTorch 1.13.1 (float32, lr 1e-12, gradient 0.1) has a weight
    /// that is NaN after step 1201. Here such a variance is 0, so that a rate far too low is not called diverged (docs/adr/0008).
    /// </summary>
    [Fact]
    public void Step_CenteredWithConstantGradient_StaysFinite()
    {
        float[] gradients = [.. Enumerable.Range(0, 16).Select(index => (float)(0.1 + (2.9 * index / 15)))];
        foreach (var path in KernelPaths.Supported())
        {
            var weights = new float[16];
            var optimizer = Optimizer.For(new OptimizerSettings.RmsProp(Centered: true), 16);
            for (var t = 0; t < 20_000; t++)
            {
                optimizer.Step(KernelPaths.KernelsOf(path), weights, gradients, 1e-12);
            }

            Assert.All(weights, weight => Assert.InRange(weight, -10, 0));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Step_GradientOnceNaN_NeverRecovers(bool isAmsgrad)
    {
        var weights = new float[16];
        var optimizer = Optimizer.For(new OptimizerSettings.Adam(Beta1: 0, Beta2: 0, Amsgrad: isAmsgrad), 16);
        var kernels = KernelPaths.KernelsOf(KernelPaths.Supported()[0]);
        optimizer.Step(kernels, weights, Enumerable.Repeat(float.NaN, 16).ToArray(), 0.1);

        optimizer.Step(kernels, weights, Enumerable.Repeat(1f, 16).ToArray(), 0.1);

        Assert.All(weights, weight => Assert.Equal(float.NaN, weight));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Write_AnyOptimizer_HoldsTheStateThatThePlannerCounts(int golden)
    {
        const int Count = 1024;
        var settings = Golden[golden].Settings;
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);

        Optimizer.For(settings, Count).Write(writer);

        // Beside the arrays it keeps a step count and two powers at most.
        Assert.InRange(stream.Length - (LaneMemory.StateCount(settings) * sizeof(float) * Count), 0, 3 * sizeof(double));
    }

    private static double[] Gradients(int t) => [.. Enumerable.Range(0, Start.Length).Select(index => ((((7 * t) + (3 * index)) % 11) - 5) / 8.0)];

    private static float[] Padded(double[] values)
    {
        var padded = new float[KernelSet.Padded(values.Length)];
        Array.ConvertAll(values, value => (float)value).CopyTo(padded, 0);
        return padded;
    }
}
