using CloudSweep.Core.Domain;
using CloudSweep.Worker.Training;

namespace CloudSweep.Worker.Tests.Training;

/// <summary>torch.nn.utils.clip_grad_norm_ over all parameters of a lane.</summary>
public sealed class GradientClipTests
{
    private static readonly ModelLayout Layout = new(new ModelSpec.Mlp([17, 3], Activation.Relu), featureCount: 5, classCount: 4);

    private static readonly int[] Real = [.. Layout.Layers.SelectMany(layer =>
        from row in Enumerable.Range(0, layer.Inputs + 1)
        from output in Enumerable.Range(0, layer.Outputs)
        select layer.WeightOffset + (row * layer.PaddedOutputs) + output)];

    public static TheoryData<string> Paths() => [.. KernelPaths.Supported().Select(KernelPaths.Name)];

    [Theory]
    [MemberData(nameof(Paths))]
    public void Apply_LongGradient_GivesWhatPyTorchGives(string path)
    {
        // PyTorch 1.13.1, float64: clip_grad_norm_ of [3, -4, 12] and [84] to 2.5; the norm is 85.
        double[] expected = [0.0882352930795848, -0.1176470574394464, 0.3529411723183392, 2.470588206228374];
        var gradients = Gradients(3, -4, 12, 84);

        Apply(path, gradients, 2.5);

        Assert.All(expected, (value, index) => Assert.Equal(value, gradients[At(index)], Math.Abs(value) / (1 << 23)));
        Assert.All(Real.Except([At(0), At(1), At(2), At(3)]), index => Assert.Equal(0, gradients[index]));
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void Apply_GradientWithinTheNorm_ChangesNoBit(string path)
    {
        var gradients = Gradients(0.3f, -0.4f, 1.2f, 8.4f);
        var before = gradients.ToArray();

        Apply(path, gradients, 8.51);

        Assert.Equal(before, gradients);
    }

    // The margin of 1e-6 counts: at a norm of exactly the limit the factor is below 1.
    [Fact]
    public void Apply_NormOfTheLimit_IsScaledByTheMargin()
    {
        var gradients = Gradients(0, 0, 0, 0.001f);

        Apply("portable", gradients, 0.001f);

        Assert.Equal(0.001 * (0.001 / (0.001 + 1e-6)), gradients[At(3)], 1e-9);
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void Apply_WhateverIsInThePadding_DoesNotCount(string path)
    {
        var gradients = Gradients(3, -4, 12, 84);
        var dirty = gradients.ToArray();
        foreach (var index in Enumerable.Range(0, dirty.Length).Except(Real))
        {
            dirty[index] = float.NaN;
        }

        Apply(path, gradients, 2.5);
        Apply(path, dirty, 2.5);

        Assert.All(Real, index => Assert.Equal(gradients[index], dirty[index]));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void Apply_GradientNotFinite_LeavesNoFiniteStepThere(float value)
    {
        var gradients = Gradients(1, value, 0, 0);

        Apply("portable", gradients, 2.5);

        // As in PyTorch: an infinite norm makes the factor 0, and 0 × ∞ is NaN.
        Assert.Equal(float.NaN, gradients[At(1)]);
        Assert.Equal(float.IsNaN(value) ? float.NaN : 0, gradients[At(0)]);
    }

    [Fact]
    public void Apply_HugeGradient_HasANormThatSinglePrecisionWouldNotHold()
    {
        var gradients = Gradients(3e30f, -4e30f, 0, 0);

        Apply("portable", gradients, 5);

        Assert.Equal((3, -4), (Math.Round(gradients[At(0)], 5), Math.Round(gradients[At(1)], 5)));
    }

    [Fact]
    public void Apply_SumInWhichOrderShows_HasTheSameBitsInEveryPath()
    {
        var wide = new ModelLayout(new ModelSpec.Softmax(), featureCount: 301, classCount: 37);
        var gradients = Enumerable.Range(0, wide.ParameterCount)
            .Select(index => (float)Math.ScaleB(KeyedRandom.UnitInterval(5, RandomPurpose.SyntheticNoise, 0, index) - 0.5, -(index % 23))).ToArray();
        var portable = gradients.ToArray();
        GradientClip.Apply(KernelPaths.KernelsOf(KernelPath.Portable), wide, portable, 0.37);
        foreach (var path in KernelPaths.Supported())
        {
            var clipped = gradients.ToArray();

            GradientClip.Apply(KernelPaths.KernelsOf(path), wide, clipped, 0.37);

            Assert.Equal(portable, clipped);
            Assert.NotEqual(gradients, clipped);
        }
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void AddSquares_AnyLength_AddsEachToThePartialOfItsIndex(string path)
    {
        for (var length = 0; length <= 50; length++)
        {
            var values = Enumerable.Range(0, length).Select(index => (float)(1 + KeyedRandom.UnitInterval(6, RandomPurpose.SyntheticNoise, length, index))).ToArray();
            var expected = Enumerable.Range(0, 16).Select(partial => (double)partial).ToArray();
            for (var index = 0; index < length; index++)
            {
                expected[index % 16] += (double)values[index] * values[index];
            }

            var partials = Enumerable.Range(0, 16).Select(partial => (double)partial).ToArray();
            KernelPaths.KernelsOf(KernelPaths.Parse(path)!.Value).AddSquares(values, partials);

            Assert.Equal(expected, partials);
        }
    }

    private static void Apply(string path, float[] gradients, double norm) => GradientClip.Apply(KernelPaths.KernelsOf(KernelPaths.Parse(path)!.Value), Layout, gradients, norm);

    // The four values are in three layers: a weight, a bias, a weight, and the last bias.
    private static float[] Gradients(params float[] values)
    {
        var gradients = new float[Layout.ParameterCount];
        for (var index = 0; index < values.Length; index++)
        {
            gradients[At(index)] = values[index];
        }

        return gradients;
    }

    private static int At(int value) => value switch
    {
        0 => Layout.Layers[0].WeightOffset + 16,
        1 => Layout.Layers[0].BiasOffset,
        2 => Layout.Layers[1].WeightOffset + 2,
        _ => Layout.Layers[2].BiasOffset + 3,
    };
}
