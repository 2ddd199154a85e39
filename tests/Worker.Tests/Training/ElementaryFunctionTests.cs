using CloudSweep.Core.Domain;
using CloudSweep.Worker.Training;
using CloudSweep.Worker.Training.Kernels;

namespace CloudSweep.Worker.Tests.Training;

/// <summary>The functions keep the error they state, and their bits do not depend on the vector width.</summary>
public sealed class ElementaryFunctionTests
{
    // Around the ends of exp's range, tanh's change of formula, and what is special in IEEE 754.
    private static readonly float[] Edges =
    [
        .. new[]
        {
            0f, 1f, 0.625f, 0.34657359f, 9f, 9.010913f, 43.66827f, 44.014845f, 87.33654f, 88.02969f, 88.722839f, 104f, 1e30f,
            float.Epsilon, 1.17549435e-38f, 1e-20f, float.MaxValue, float.PositiveInfinity,
        }.SelectMany(edge => new[] { edge, float.BitDecrement(edge), float.BitIncrement(edge), -edge, -float.BitDecrement(edge), -float.BitIncrement(edge) }),
        float.NaN,
    ];

    // Every exponent and sign, the mantissas in strides of a prime: a million of all floats.
    private static readonly float[] Floats =
    [
        .. Edges,
        .. Enumerable.Range(0, (int)(0x1_0000_0000 / 4099)).Select(index => BitConverter.UInt32BitsToSingle((uint)index * 4099)),
    ];

    public static TheoryData<string> Paths() => [.. KernelPaths.Supported().Select(KernelPaths.Name)];

    [Theory]
    [MemberData(nameof(Paths))]
    public void Exp_WithinItsRange_ErrsByLessThanTwoUlp(string path)
    {
        float[] inputs = [.. Floats.Concat(Spread(-87.33654, 88.02969)).Where(x => x is >= -87.33654f and <= 88.02969f)];

        var worst = WorstUlp(inputs, Exp(path, inputs), Math.Exp);

        Assert.InRange(worst, 0, 2);
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void Exp_BeyondItsRange_Saturates(string path)
    {
        Assert.Equal(0, Exp(path, [float.BitDecrement(-87.33654f), -104, float.NegativeInfinity]).Max());
        Assert.Equal(1.7014e38, Exp(path, [88.0297f, 88.8f, float.PositiveInfinity]).Min(), 1e34);
        Assert.Equal(1.7014e38, Exp(path, [88.0297f, 88.8f, float.PositiveInfinity]).Max(), 1e34);
        Assert.Equal(float.NaN, Exp(path, [float.NaN])[0]);
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void Tanh_Anywhere_ErrsByLessThanThreeUlp(string path)
    {
        float[] inputs = [.. Floats, .. Spread(-10, 10)];

        var worst = WorstUlp(inputs, Tanh(path, inputs), Math.Tanh);

        Assert.InRange(worst, 0, 3);
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void Gelu_WhereTheResultIsNormal_ErrsByLessThanFiveUlp(string path)
    {
        float[] inputs = [.. Floats.Concat(Spread(-13.2, 8)).Where(x => x is > -12.9f and < 1e30f && (x == 0 || Math.Abs(x) > 1e-37))];

        var worst = WorstUlp(inputs, Gelu(path, inputs), x => x * ReferenceNormal.Probability(x));

        Assert.InRange(worst, 0, 5);
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void Gelu_FarOut_IsZeroOrTheInput(string path)
    {
        Assert.Equal([0, 0, 0, 20, 1e30f, float.PositiveInfinity, float.NaN], Gelu(path, [-14, -1e30f, float.NegativeInfinity, 20, 1e30f, float.PositiveInfinity, float.NaN]));
        Assert.All(Gelu(path, [-13.3f, -13, -12.9f]), value => Assert.InRange(value, -1e-36f, 0));
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void GeluGradient_Anywhere_ErrsByLessThanItStates(string path)
    {
        float[] inputs = [.. Floats.Where(x => Math.Abs(x) < 1e30), .. Spread(-14, 14)];

        var slopes = GeluSlopes(path, inputs);

        var worst = inputs.Zip(slopes).Max(pair => Math.Abs(pair.Second - (ReferenceNormal.Probability(pair.First) + (pair.First * ReferenceNormal.Density(pair.First)))));
        Assert.InRange(worst, 0, 3e-7);
    }

    [Theory]
    [InlineData(1, 0.8413447460685429)]
    [InlineData(-3, 0.0013498980316300933)]
    [InlineData(-10, 7.61985302416052e-24)]
    public void ReferenceNormal_KnownPoints_AreThoseOfPythonsErfc(double x, double expected) =>
        Assert.Equal(expected, ReferenceNormal.Probability(x), 1e-14 * expected);

    [Fact]
    public void ExpAndTanh_AnyFloat_HaveTheSameBitsInEveryPath()
    {
        float[] inputs = [.. Floats, .. Spread(-100, 100)];
        foreach (var path in KernelPaths.Supported().Select(KernelPaths.Name))
        {
            Assert.Equal(Bits(Exp("portable", inputs)), Bits(Exp(path, inputs)));
            Assert.Equal(Bits(Tanh("portable", inputs)), Bits(Tanh(path, inputs)));
            Assert.Equal(Bits(Gelu("portable", inputs)), Bits(Gelu(path, inputs)));
            Assert.Equal(Bits(GeluSlopes("portable", inputs)), Bits(GeluSlopes(path, inputs)));
        }
    }

    [Fact]
    public void Log_NormalNumbers_ErrsByLessThanTwoUlp()
    {
        // Sums of exponentials are from 1 on; around 1 the logarithm itself goes to 0, and far away the exponent dominates.
        var inputs = Spread(0.25, 4).Select(x => (double)x)
            .Concat(Enumerable.Range(0, 200_000).Select(index => Math.ScaleB(1 + Unit(index), (index % 2000) - 1000)))
            .Concat([1, Math.BitIncrement(1), Math.BitDecrement(1), Math.Sqrt(2), Math.BitIncrement(Math.Sqrt(2)), 2, 10, double.MaxValue, 2.2250738585072014e-308]);

        var worst = inputs.Max(x => Ulps(ElementaryFunctions.Log(x) - Math.Log(x), Math.Log(x)));

        // Math.Log may err by half a ulp itself.
        Assert.InRange(worst, 0, 2.5);
    }

    [Fact]
    public void Logarithms_EightAtATime_AreThoseOfEachAlone()
    {
        double[] inputs = [0, 1e-300, 1e-17, 1e-9, Math.BitDecrement(0.4), 0.4, Math.BitIncrement(0.4), 0.41421356, 1, 1.5, 3, 1e300, double.NaN, .. Enumerable.Range(0, 4_003).Select(index => index / 2_000.0)];
        Assert.Equal(0, inputs.Length % 8);
        var (ofOnePlus, plain) = (inputs.ToArray(), inputs.Select(x => x + 1e-300).ToArray());

        ElementaryFunctions.LogOnePlus(ofOnePlus);
        ElementaryFunctions.Log(plain);

        Assert.Equal(inputs.Select(ElementaryFunctions.LogOnePlus), ofOnePlus);
        Assert.Equal(inputs.Select(x => ElementaryFunctions.Log(x + 1e-300)), plain);
    }

    [Fact]
    public void LogOnePlus_UpToOne_ErrsByLessThanThreeUlp()
    {
        // The runtime has no log1p that is exact for small numbers; the alternating series is.
        var small = Enumerable.Range(0, 100_000).Select(index => Math.ScaleB(1 + Unit(index), -(index % 900) - 20));
        var large = Spread(0.39, 1).Select(x => (double)x);

        Assert.InRange(small.Max(x => Ulps(ElementaryFunctions.LogOnePlus(x) - (x - (x * x / 2) + (x * x * x / 3)), x)), 0, 3);
        Assert.InRange(large.Max(x => Ulps(ElementaryFunctions.LogOnePlus(x) - Math.Log(1 + x), Math.Log(1 + x))), 0, 3);
        Assert.Equal((0, double.NaN), (ElementaryFunctions.LogOnePlus(0), ElementaryFunctions.LogOnePlus(double.NaN)));
    }

    [Fact]
    public void Log_SpecialValues_AreThoseOfIeee754()
    {
        Assert.Equal(double.NegativeInfinity, ElementaryFunctions.Log(0));
        Assert.Equal(double.PositiveInfinity, ElementaryFunctions.Log(double.PositiveInfinity));
        Assert.Equal(double.NaN, ElementaryFunctions.Log(-1));
        Assert.Equal(double.NaN, ElementaryFunctions.Log(double.NaN));
        Assert.Equal(0, ElementaryFunctions.Log(1));
    }

    [Fact]
    public void Power_UnitIntervalAnyExponent_ErrsByLessThanItStates()
    {
        var inputs = Enumerable.Range(0, 200_000).Select(index => (Math.Pow(1 - Unit(index), 1 + (index % 7)), 100 * (1 - Unit(index + 200_000))))
            .Concat([(1.0, 2.5), (1e-300, 0.5), (1e-300, 1.5), (1e-9, 99.5)]);

        foreach (var (value, exponent) in inputs)
        {
            var exact = Math.Pow(value, exponent);
            Assert.Equal(exact, ElementaryFunctions.Power(value, exponent), Math.Max(double.Epsilon, exact * (1e-15 * (1 + Math.Abs(exponent * Math.Log(value))))));
        }
    }

    [Fact]
    public void CosPi_UnitInterval_ErrsByLessThanItStates()
    {
        double[] inputs = [0, 0.25, 0.5, 0.75, 1, Math.BitDecrement(0.75), .. Enumerable.Range(0, 200_000).Select(Unit)];

        Assert.InRange(inputs.Max(u => Math.Abs(ElementaryFunctions.CosPi(u) - double.CosPi(u))), 0, 1e-15);
        Assert.Equal((1, 0, -1), (ElementaryFunctions.CosPi(0), ElementaryFunctions.CosPi(0.5), ElementaryFunctions.CosPi(1)));
    }

    private static float[] Exp(string path, float[] inputs) => Padded(inputs, values => KernelPaths.KernelsOf(KernelPaths.Parse(path)!.Value).ExpShifted(values, 0));

    private static float[] Tanh(string path, float[] inputs) => Padded(inputs, values => KernelPaths.KernelsOf(KernelPaths.Parse(path)!.Value).Tanh(values));

    private static float[] Gelu(string path, float[] inputs) => Padded(inputs, values => KernelPaths.KernelsOf(KernelPaths.Parse(path)!.Value).Gelu(values));

    private static float[] GeluSlopes(string path, float[] inputs) => Padded(inputs, values =>
    {
        var copy = values.ToArray();
        Array.Fill(values, 1);
        KernelPaths.KernelsOf(KernelPaths.Parse(path)!.Value).GeluGradient(copy, values);
    });

    private static float[] Padded(float[] inputs, Action<float[]> apply)
    {
        var values = new float[KernelSet.Padded(inputs.Length)];
        inputs.CopyTo(values, 0);
        apply(values);
        return values[..inputs.Length];
    }

    private static double WorstUlp(float[] inputs, float[] outputs, Func<double, double> function) =>
        inputs.Zip(outputs).Max(pair => FloatUlps(function(pair.First), pair.Second));

    // In the spacing of floats around the exact value; in that of the subnormal numbers at least.
    private static double FloatUlps(double exact, float actual)
    {
        if (double.IsNaN(exact) || float.IsNaN(actual))
        {
            return double.IsNaN(exact) && float.IsNaN(actual) ? 0 : double.PositiveInfinity;
        }

        return exact == actual ? 0 : Math.Abs(exact - actual) / Math.ScaleB(1, Math.Max(Math.ILogB(exact), -126) - 23);
    }

    private static double Ulps(double error, double exact) => error == 0 ? 0 : Math.Abs(error) / Math.ScaleB(1, Math.ILogB(exact) - 52);

    private static IEnumerable<float> Spread(double from, double to) => Enumerable.Range(0, 500_000).Select(index => (float)(from + ((to - from) * Unit(index))));

    private static double Unit(int index) => KeyedRandom.UnitInterval(1, RandomPurpose.SyntheticNoise, 0, index);

    private static int[] Bits(float[] values) => Array.ConvertAll(values, BitConverter.SingleToInt32Bits);
}
