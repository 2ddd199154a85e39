using CloudSweep.Worker.Training;
using CloudSweep.Worker.Training.Kernels;
using CsCheck;

namespace CloudSweep.Worker.Tests.Training;

/// <summary>Sixteen losses at once are sixteen losses one by one, to the bit, in every kernel path, whatever the outputs are.</summary>
public sealed class LossBlockTests
{
    private const int BlockSize = KernelSet.BlockSize;
    private const float InverseRows = 1f / 48;

    private static readonly Gen<float> Outputs = Gen.OneOf(
        Gen.Float[-4, 4], Gen.Float[-100, 100], AnyOf(0f, -0f, float.NaN, float.PositiveInfinity, float.NegativeInfinity, 1e30f, -1e30f, 88.1f, -87.4f, 0.4f));

    public static TheoryData<string, string> Losses() => new MatrixTheoryData<string, string>([.. KernelPaths.Supported().Select(KernelPaths.Name)], ["linear", "logistic", "softmax"]);

    [Theory]
    [MemberData(nameof(Losses))]
    public void DifferentiateBlock_AnyOutputs_IsEachRowByItself(string path, string name)
    {
        var model = Jobs.Models[name];
        var rows = Jobs.RowsFor(model);
        var loss = Loss.Of(model, rows, KernelPaths.KernelsOf(KernelPaths.Parse(path)!.Value));
        var outputs = model.Outputs(rows.ClassCount);

        Gen.Select(Outputs.Array[outputs * BlockSize], Gen.Int[0, rows.ClassCount - 1].Array[BlockSize], Gen.Float[-3, 3].Array[BlockSize]).Sample((values, classes, targets) =>
        {
            var (block, losses) = ((float[])values.Clone(), new double[BlockSize]);
            loss.DifferentiateBlock(block, classes, targets, InverseRows, losses);

            var tile = new RowTile(BlockSize, 1) { Count = BlockSize };
            classes.CopyTo(tile.Classes, 0);
            targets.CopyTo(tile.Targets, 0);
            for (var row = 0; row < BlockSize; row++)
            {
                var padded = new float[KernelSet.Padded(outputs)];
                for (var output = 0; output < outputs; output++)
                {
                    padded[output] = values[(output * BlockSize) + row];
                }

                var alone = loss.Differentiate(padded, tile, row, InverseRows);
                AssertSame(alone, losses[row]);
                for (var output = 0; output < outputs; output++)
                {
                    AssertSame(padded[output], block[(output * BlockSize) + row]);
                }
            }
        });
    }

    [Fact]
    public void Log_OfMany_IsThatOfEach()
    {
        Gen.OneOf(Gen.Double[1e-300, 1e300], Gen.Double[0.5, 2], AnyOf(0.0, 1, double.NaN, double.PositiveInfinity, -1.0)).Array[BlockSize].Sample(values =>
        {
            var together = (double[])values.Clone();
            ElementaryFunctions.Log(together);

            Assert.All(values.Zip(together), pair => AssertSame(ElementaryFunctions.Log(pair.First), pair.Second));
        });
    }

    [Fact]
    public void LogOnePlus_OfMany_IsThatOfEach()
    {
        Gen.OneOf(Gen.Double[0, 1], Gen.Double[0, 1e-10], AnyOf(0.0, 0.4, 1, double.NaN, double.PositiveInfinity)).Array[BlockSize].Sample(values =>
        {
            var together = (double[])values.Clone();
            ElementaryFunctions.LogOnePlus(together);

            Assert.All(values.Zip(together), pair => AssertSame(ElementaryFunctions.LogOnePlus(pair.First), pair.Second));
        });
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void AllFinite_OneThatIsNot_IsFoundAnywhere(float value)
    {
        foreach (var kernels in KernelPaths.Supported().Select(KernelPaths.KernelsOf))
        {
            var values = Enumerable.Range(0, 48).Select(index => index % 2 == 0 ? float.MaxValue : -float.Epsilon).ToArray();
            Assert.True(kernels.AllFinite(values));

            for (var index = 0; index < values.Length; index++)
            {
                var broken = (float[])values.Clone();
                broken[index] = value;
                Assert.False(kernels.AllFinite(broken));
            }
        }
    }

    private static Gen<T> AnyOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    // One NaN is as good as another.
    private static void AssertSame(double expected, double actual) =>
        Assert.True(double.IsNaN(expected) ? double.IsNaN(actual) : BitConverter.DoubleToInt64Bits(expected) == BitConverter.DoubleToInt64Bits(actual), $"{expected:R} alone, {actual:R} in a block");
}
