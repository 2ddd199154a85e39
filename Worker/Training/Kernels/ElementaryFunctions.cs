namespace CloudSweep.Worker.Training.Kernels;

/// <summary>
/// exp and tanh by the same operations in every vector width, log, power and cos in double precision.
/// Polynomials: S. Moshier, Cephes Math Library 2.8 (expf, tanhf).
/// </summary>
internal static partial class ElementaryFunctions
{
    // ln 2 in two parts, whose first has zeros at its end, so that a multiple of it is exact.
    private const double Ln2High = 6.93147180369123816490e-01;
    private const double Ln2Low = 1.90821492927058770002e-10;

    /// <summary>eˣ, error below 2 ulp; 0 below −87.3, 1.7e38 from 88.03 on, NaN for NaN.</summary>
    public static TVector Exp<TVector>(TVector x)
        where TVector : struct, IVector<TVector>
    {
        var low = TVector.Broadcast(-87.33654f);
        var high = TVector.Broadcast(88.02969f);
        var one = TVector.Broadcast(1);
        var clipped = TVector.SelectGreater(x, high, high, TVector.SelectGreater(low, x, low, x));

        // Adding and subtracting 1.5 × 2²³ rounds to the nearest whole number.
        var magic = TVector.Broadcast(12582912f);
        var n = TVector.Subtract(TVector.MultiplyAdd(clipped, TVector.Broadcast(1.44269504088896341f), magic), magic);
        var r = TVector.MultiplyAdd(n, TVector.Broadcast(-0.693359375f), clipped);
        r = TVector.MultiplyAdd(n, TVector.Broadcast(2.12194440e-4f), r);
        var p = TVector.Broadcast(1.9875691500e-4f);
        p = TVector.MultiplyAdd(p, r, TVector.Broadcast(1.3981999507e-3f));
        p = TVector.MultiplyAdd(p, r, TVector.Broadcast(8.3334519073e-3f));
        p = TVector.MultiplyAdd(p, r, TVector.Broadcast(4.1665795894e-2f));
        p = TVector.MultiplyAdd(p, r, TVector.Broadcast(1.6666665459e-1f));
        p = TVector.MultiplyAdd(p, r, TVector.Broadcast(5.0000001201e-1f));
        p = TVector.Add(TVector.MultiplyAdd(p, TVector.Multiply(r, r), r), one);
        return TVector.SelectGreater(low, x, TVector.Broadcast(0), TVector.ScaleByPowerOfTwo(p, n));
    }

    /// <summary>tanh x, error below 3 ulp, NaN for NaN.</summary>
    public static TVector Tanh<TVector>(TVector x)
        where TVector : struct, IVector<TVector>
    {
        var zero = TVector.Broadcast(0);
        var one = TVector.Broadcast(1);
        var negative = TVector.Subtract(zero, x);
        var magnitude = TVector.SelectGreater(zero, x, negative, x);

        var z = TVector.Multiply(x, x);
        var p = TVector.Broadcast(-5.70498872745e-3f);
        p = TVector.MultiplyAdd(p, z, TVector.Broadcast(2.06390887954e-2f));
        p = TVector.MultiplyAdd(p, z, TVector.Broadcast(-5.37397155531e-2f));
        p = TVector.MultiplyAdd(p, z, TVector.Broadcast(1.33314422036e-1f));
        p = TVector.MultiplyAdd(p, z, TVector.Broadcast(-3.33332819422e-1f));
        var small = TVector.MultiplyAdd(TVector.Multiply(p, z), x, x);

        var exponential = Exp(TVector.Add(magnitude, magnitude));
        var large = TVector.Subtract(one, TVector.Divide(TVector.Broadcast(2), TVector.Add(exponential, one)));
        var signed = TVector.SelectGreater(zero, x, TVector.Subtract(zero, large), large);
        return TVector.SelectGreater(magnitude, TVector.Broadcast(0.625f), signed, small);
    }

    /// <summary>ln x for finite x &gt; 0 (normal numbers), error below 2 ulp; NaN for NaN. Series of 2·artanh((m − 1)/(m + 1)).</summary>
    public static double Log(double x)
    {
        if (!(x > 0) || !double.IsFinite(x))
        {
            return x == 0 ? double.NegativeInfinity : x > 0 ? x : double.NaN;
        }

        var bits = BitConverter.DoubleToInt64Bits(x);
        var exponent = (int)(bits >> 52) - 1023;
        var mantissa = BitConverter.Int64BitsToDouble((bits & 0xFFFFFFFFFFFFF) | 0x3FF0000000000000);
        if (mantissa > 1.4142135623730951)
        {
            mantissa *= 0.5;
            exponent++;
        }

        var f = (mantissa - 1) / (mantissa + 1);
        var series = ArtanhSeries(f);
        return (exponent * Ln2High) + ((2 * f) + ((2 * f * series) + (exponent * Ln2Low)));
    }

    /// <summary>ln(1 + x) for x ≥ 0, error below 3 ulp; NaN for NaN.</summary>
    public static double LogOnePlus(double x) => x < 0.4 ? (2 * (x / (2 + x))) + (2 * (x / (2 + x)) * ArtanhSeries(x / (2 + x))) : Log(1 + x);

    /// <summary>e^x of one number, the same bits as in a vector.</summary>
    public static float Exp(float x)
    {
        var result = 0f;
        ScalarVector.Store(Exp(ScalarVector.Broadcast(x)), ref result, 0);
        return result;
    }

    // artanh(f)/f − 1 for |f| below 0.172.
    private static double ArtanhSeries(double f)
    {
        var square = f * f;
        var series = 0.0;
        for (var power = 23; power >= 3; power -= 2)
        {
            series = (series + (1.0 / power)) * square;
        }

        return series;
    }

    /// <summary>valueᵉˣᵖᵒⁿᵉⁿᵗ for value in (0, 1] and exponent in (0, 100], relative error below 1e-15 × (1 + |ln of the result|); 0 when that underflows.</summary>
    public static double Power(double value, double exponent)
    {
        var logarithm = exponent * Log(value);
        var n = Math.Round(logarithm / (Ln2High + Ln2Low));
        var r = (logarithm - (n * Ln2High)) - (n * Ln2Low);

        // Taylor series of exp on |r| ≤ ln 2 / 2.
        var sum = 1.0;
        for (var power = 14; power >= 1; power--)
        {
            sum = 1 + (sum * r / power);
        }

        return Math.ScaleB(sum, (int)n);
    }

    /// <summary>cos(π·u) for u in [0, 1], error below 1e-15. Taylor series on |x| ≤ π/4.</summary>
    public static double CosPi(double u) => u switch
    {
        <= 0.25 => CosineSeries(Math.PI * u),
        < 0.75 => SineSeries(Math.PI * (0.5 - u)),
        _ => -CosineSeries(Math.PI * (1 - u)),
    };

    private static double CosineSeries(double x)
    {
        var (sum, term) = (1.0, 1.0);
        for (var power = 2; power <= 20; power += 2)
        {
            term *= -x * x / (power * (power - 1));
            sum += term;
        }

        return sum;
    }

    private static double SineSeries(double x)
    {
        var (sum, term) = (x, x);
        for (var power = 3; power <= 21; power += 2)
        {
            term *= -x * x / (power * (power - 1));
            sum += term;
        }

        return sum;
    }
}
