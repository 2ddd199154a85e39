using CloudSweep.Core.Domain;
using CloudSweep.Worker.Training;

namespace CloudSweep.Worker.Tests.Training;

/// <summary>A lane's first step against central differences of a double-precision network with the same weights.</summary>
public sealed class GradientTests
{
    // A step of w − rate·g with a rate of 2⁴⁰ leaves nothing but g in the weight: |w| / 2⁴⁰ is below 1e-12, and a power of two divides exactly.
    private static readonly double Rate = Math.ScaleB(1, 40);

    // The longest chain has 300 terms. Rounding errors of 2⁻²⁴ walk randomly to √300 × 2⁻²⁴ = 1e-6 (worst case 300 × 2⁻²⁴ = 1.8e-5)
    // of a layer's largest gradient; a row that was lost or counted twice would show as 3e-3.
    private const double Tolerance = 1e-5;

    public static TheoryData<string, int> ModelsAndBatches() => new MatrixTheoryData<string, int>(Models.Keys, [1, 40, 300]);

    private static Dictionary<string, ModelSpec> Models { get; } = new()
    {
        ["softmax"] = new ModelSpec.Softmax(),
        ["relu 7"] = new ModelSpec.Mlp([7], Activation.Relu),
        ["relu 17-5"] = new ModelSpec.Mlp([17, 5], Activation.Relu),
        ["tanh 7"] = new ModelSpec.Mlp([7], Activation.Tanh),
        ["tanh 17-5"] = new ModelSpec.Mlp([17, 5], Activation.Tanh),
        ["gelu 7"] = new ModelSpec.Mlp([7], Activation.Gelu),
        ["gelu 17-5"] = new ModelSpec.Mlp([17, 5], Activation.Gelu),
        ["linear"] = new ModelSpec.Linear(),
        ["logistic"] = new ModelSpec.Logistic(),
        ["relu 7, a number"] = new ModelSpec.Mlp([7], Activation.Relu, LearningTask.Regression),
        ["gelu 17-5, a number"] = new ModelSpec.Mlp([17, 5], Activation.Gelu, LearningTask.Regression),
    };

    [Theory]
    [MemberData(nameof(ModelsAndBatches))]
    public void Train_OneStep_FollowsTheGradientOfTheMeanLoss(string model, int rowCount)
    {
        var rows = RowsFor(Models[model], rowCount);
        var solo = new SoloLane(
            Models[model],
            new TrainingSpec(Epochs: 1, BatchSize: null, Seed: 5),
            Jobs.Parameters(Rate, new OptimizerSettings.Sgd(), new ScheduleSettings.Constant()),
            rows,
            KernelPaths.Supported()[0]);
        var reference = new ReferenceNetwork(solo.Layout, rows, Models[model]);
        var weights = Array.ConvertAll(solo.Lane.Parameters.ToArray(), weight => (double)weight);
        int[] batch = [.. Enumerable.Range(0, rowCount)];

        solo.TrainEpoch(0);

        var expected = reference.Gradient(weights, batch);
        Assert.True(reference.ClosestToKink > 3e-5 || !model.StartsWith("relu", StringComparison.Ordinal), "Differences across a kink: choose another seed.");
        foreach (var layer in solo.Layout.Layers)
        {
            var indices = reference.Indices(layer).ToArray();
            var largest = indices.Max(index => Math.Abs(expected[index]));
            foreach (var index in indices)
            {
                var actual = (weights[index] - solo.Lane.Parameters[index]) / Rate;
                Assert.Equal(expected[index], actual, Tolerance * largest);
            }
        }

        var window = Assert.IsType<Measurement.LossWindow>(Assert.Single(solo.NewMeasurements()));
        Assert.Equal(reference.Loss(weights, batch), window.Mean, 1e-6);
    }

    [Fact]
    public void Train_OneStep_LeavesPaddingAtZero()
    {
        foreach (var model in Models.Values)
        {
            var rows = RowsFor(model, 40);
            var solo = new SoloLane(
                model,
                new TrainingSpec(Epochs: 3, BatchSize: 8, Seed: 5),
                Jobs.Parameters(0.1, new OptimizerSettings.Adam(), new ScheduleSettings.Constant()),
                rows,
                KernelPaths.Supported()[0]);

            solo.TrainEpoch(0);

            var real = solo.Layout.Layers.SelectMany(new ReferenceNetwork(solo.Layout, rows).Indices).ToHashSet();
            Assert.All(solo.Lane.Parameters.ToArray().Where((_, index) => !real.Contains(index)), padding => Assert.Equal(0, padding));
        }
    }

    private static ArrayRows RowsFor(ModelSpec model, int rowCount) =>
        new(featureCount: 6, classCount: model is ModelSpec.Logistic ? 2 : 4, rowCount, validationRows: 1);
}
