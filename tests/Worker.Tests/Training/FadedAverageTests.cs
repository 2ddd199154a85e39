using CloudSweep.Worker.Training;
using CloudSweep.Worker.Training.Kernels;

namespace CloudSweep.Worker.Tests.Training;

/// <summary>
/// Averages that fade below the smallest normal float, as those of dead units do, count as 0 in the direction of a step (docs/adr/0008): roots and quotients of
/// denormal numbers are slow.
/// </summary>
public sealed class FadedAverageTests
{
    private const int Count = 2 * KernelSet.Padding;
    private const float Faded = 1e-39f;
    private const float Rate = 1;

    private static readonly AdamStep Usual = new(RootOfCorrection: 0.5f, Beta1: 0.9f, OneMinusBeta1: 0.1f, Beta2: 0.999f, OneMinusBeta2: 0.001f, Epsilon: 1e-8f, WeightDecay: 0);

    public static TheoryData<string> Paths() => [.. KernelPaths.Supported().Select(path => path.ToString())];

    [Theory]
    [MemberData(nameof(Paths))]
    public void UpdateAdam_MeanFaded_MovesNothingAndFadesOn(string path)
    {
        foreach (var mean in new[] { Faded, -Faded })
        {
            var step = Adam(path, Usual, mean, square: 0.01f);

            Assert.All(step.Weights, weight => Assert.Equal(0f, weight));
            Assert.All(step.Means, left => Assert.Equal(0.9f * mean, left));
        }
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void UpdateAdam_SquareFaded_MovesAsEpsilonSays(string path)
    {
        var step = Adam(path, Usual, mean: 0.01f, Faded);

        Assert.All(step.Weights, weight => Assert.Equal(-(0.9f * 0.01f / ((MathF.Sqrt(0.999f * Faded) / Usual.RootOfCorrection) + Usual.Epsilon)), weight));
        Assert.All(step.Squares, left => Assert.Equal(0.999f * Faded, left));
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void UpdateAdam_NoEpsilon_MovesByFadedAverages(string path)
    {
        var step = Adam(path, Usual with { Epsilon = 0 }, Faded, Faded);

        Assert.All(step.Weights, weight => Assert.Equal(-(0.9f * Faded / (MathF.Sqrt(0.999f * Faded) / Usual.RootOfCorrection)), weight));
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void UpdateAdam_MeanNotANumber_StaysOne(string path) => Assert.All(Adam(path, Usual, float.NaN, square: 0.01f).Weights, weight => Assert.Equal(float.NaN, weight));

    [Theory]
    [MemberData(nameof(Paths))]
    public void UpdateRmsProp_SquareFaded_MovesAsEpsilonSays(string path)
    {
        var (weights, squares) = (new float[Count], Filled(Faded));
        var step = new RmsPropStep(Alpha: 0.99f, OneMinusAlpha: 0.01f, Epsilon: 1e-8f, Momentum: 0, WeightDecay: 0);

        KernelPaths.KernelsOf(Enum.Parse<KernelPath>(path)).UpdateRmsProp(weights, Filled(1e-25f), squares, [], [], Filled(-Rate), in step);

        Assert.All(weights, weight => Assert.Equal(-(1e-25f / (MathF.Sqrt(0.99f * Faded) + 1e-8f)), weight));
        Assert.All(squares, left => Assert.Equal(0.99f * Faded, left));
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void UpdateAdaGrad_GradientFaded_MovesNothing(string path)
    {
        var weights = new float[Count];

        KernelPaths.KernelsOf(Enum.Parse<KernelPath>(path)).UpdateAdaGrad(weights, Filled(Faded), Filled(0), Filled(-Rate), epsilon: 1e-10f, weightDecay: 0);

        Assert.All(weights, weight => Assert.Equal(0f, weight));
    }

    private static (float[] Weights, float[] Means, float[] Squares) Adam(string path, AdamStep step, float mean, float square)
    {
        var (weights, means, squares) = (new float[Count], Filled(mean), Filled(square));
        KernelPaths.KernelsOf(Enum.Parse<KernelPath>(path)).UpdateAdam(weights, new float[Count], means, squares, [], Filled(-Rate), [], in step);
        return (weights, means, squares);
    }

    private static float[] Filled(float value)
    {
        var values = new float[Count];
        values.AsSpan().Fill(value);
        return values;
    }
}
