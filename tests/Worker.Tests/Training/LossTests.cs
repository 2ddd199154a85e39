using CloudSweep.Core.Domain;
using CloudSweep.Worker.Training;

namespace CloudSweep.Worker.Tests.Training;

/// <summary>Losses and gradients against numbers of PyTorch 1.13.1 in float64 (mse_loss, binary_cross_entropy_with_logits, cross_entropy and their autograd).</summary>
public sealed class LossTests
{
    private static readonly ArrayRows TwoClasses = new(featureCount: 1, classCount: 2, trainRows: 1, validationRows: 4);

    private static readonly float[] Outputs = [0.5f, -1.25f, 3f, -20f, 10f, 0f];
    private static readonly int[] Classes = [1, 0, 0, 1, 1, 0];
    private static readonly float[] Targets = [0.25f, -2f, 2.5f, -20.5f, 10f, 1.5f];

    public static TheoryData<int, double, double> SquaredErrors() => new()
    {
        { 0, 0.0625, 0.08333333333333333 },
        { 1, 0.5625, 0.25 },
        { 2, 0.25, 0.16666666666666666 },
        { 3, 0.25, 0.16666666666666666 },
        { 4, 0.0, 0.0 },
        { 5, 2.25, -0.5 },
    };

    public static TheoryData<int, double, double> BinaryCrossEntropies() => new()
    {
        { 0, 0.4740769841801067, -0.06292344479969089 },
        { 1, 0.25192908134537295, 0.03711668980421814 },
        { 2, 3.048587351573742, 0.15876235447040554 },
        { 3, 20.000000002061153, -0.16666666632314106 },
        { 4, 4.5398899216870535e-05, -7.566311450398396e-06 },
        { 5, 0.6931471805599453, 0.08333333333333333 },
    };

    [Theory]
    [MemberData(nameof(SquaredErrors))]
    public void Differentiate_SquaredError_IsThatOfPyTorch(int row, double loss, double gradient) =>
        AssertRow(new ModelSpec.Linear(), row, loss, gradient);

    [Theory]
    [MemberData(nameof(BinaryCrossEntropies))]
    public void Differentiate_BinaryCrossEntropy_IsThatOfPyTorch(int row, double loss, double gradient) =>
        AssertRow(new ModelSpec.Logistic(), row, loss, gradient);

    [Theory]
    [InlineData(0, 0.0)]
    [InlineData(1, double.NaN)]
    [InlineData(0, double.PositiveInfinity)]
    [InlineData(1, double.NegativeInfinity)]
    public void Differentiate_BrokenOutput_IsNotFinite(int label, double output)
    {
        var loss = Loss.Of(new ModelSpec.Logistic(), TwoClasses, KernelPaths.KernelsOf(KernelPath.Portable));
        var tile = new RowTile(1, 1) { Count = 1 };
        tile.Classes[0] = label;

        var value = loss.Differentiate([(float)output], tile, 0, 1);

        Assert.Equal(output == 0, double.IsFinite(value));
    }

    [Fact]
    public void Differentiate_SureAndRight_KeepsTheSmallGradient()
    {
        // 1 − sigmoid(30) is 9.4e-14, which sigmoid(30) − 1 in single precision would round to 0.
        var loss = Loss.Of(new ModelSpec.Logistic(), TwoClasses, KernelPaths.KernelsOf(KernelPath.Portable));
        var tile = new RowTile(1, 1) { Count = 1 };
        tile.Classes[0] = 1;
        float[] outputs = [30];

        loss.Differentiate(outputs, tile, 0, 1);

        Assert.Equal(-9.357622968839299e-14, outputs[0], 1e-19);
    }

    private static void AssertRow(ModelSpec model, int row, double expectedLoss, double expectedGradient)
    {
        var loss = Loss.Of(model, TwoClasses, KernelPaths.KernelsOf(KernelPaths.Supported()[0]));
        var tile = new RowTile(Outputs.Length, 1) { Count = Outputs.Length };
        Classes.CopyTo(tile.Classes, 0);
        Targets.CopyTo(tile.Targets, 0);
        float[] padded = [Outputs[row], .. Enumerable.Repeat(7f, 15)];

        var actual = loss.Differentiate(padded, tile, row, 1f / Outputs.Length);

        Assert.Equal(expectedLoss, actual, 2e-7 * Math.Abs(expectedLoss));
        Assert.Equal(expectedGradient, padded[0], 3e-7 * Math.Abs(expectedGradient));
        Assert.All(padded.Skip(1), padding => Assert.Equal(0, padding));
    }
}
