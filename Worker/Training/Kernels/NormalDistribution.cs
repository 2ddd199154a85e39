namespace CloudSweep.Worker.Training.Kernels;

/// <summary>
/// GELU by the normal distribution's Φ, with the same operations in every vector width. The upper tail is Q(a) = e^(−a²/2)·R(a); R(a) = erfcx(a/√2)/2 is
/// a polynomial in (a − 3)/(a + 3), divided by a + 0.8, fitted by Lawson's algorithm for least relative error on [0, 13.35]: 2.6e-8 in exact arithmetic.
/// </summary>
internal static class NormalDistribution
{
    // Beyond it the tail is below the smallest normal number.
    private const float Limit = 13.35f;
    private const float InverseRootOfTwoPi = 0.39894228f;

    /// <summary>x·Φ(x), error below 5 ulp where the result is a normal number; −0 far left, x far right, NaN for NaN.</summary>
    public static TVector Gelu<TVector>(TVector x)
        where TVector : struct, IVector<TVector>
    {
        var clamped = Clamped(x);
        var magnitude = Magnitude(clamped);

        // x·Q(|x|), multiplied in an order in which no factor is subnormal before the result is.
        var tail = TVector.Multiply(TVector.Multiply(clamped, Ratio(magnitude)), Bell(magnitude));
        return TVector.SelectGreater(x, TVector.Broadcast(0), TVector.Subtract(x, tail), tail);
    }

    /// <summary>Φ(x) + x·φ(x), the derivative of x·Φ(x); absolute error below 3e-7, NaN for NaN.</summary>
    public static TVector GeluSlope<TVector>(TVector x)
        where TVector : struct, IVector<TVector>
    {
        var clamped = Clamped(x);
        var magnitude = Magnitude(clamped);
        var bell = Bell(magnitude);
        var tail = TVector.Multiply(Ratio(magnitude), bell);
        var probability = TVector.SelectGreater(x, TVector.Broadcast(0), TVector.Subtract(TVector.Broadcast(1), tail), tail);
        return TVector.MultiplyAdd(TVector.Multiply(clamped, TVector.Broadcast(InverseRootOfTwoPi)), bell, probability);
    }

    private static TVector Clamped<TVector>(TVector x)
        where TVector : struct, IVector<TVector>
    {
        var (low, high) = (TVector.Broadcast(-Limit), TVector.Broadcast(Limit));
        return TVector.SelectGreater(x, high, high, TVector.SelectGreater(low, x, low, x));
    }

    private static TVector Magnitude<TVector>(TVector x)
        where TVector : struct, IVector<TVector> =>
        TVector.SelectGreater(TVector.Broadcast(0), x, TVector.Subtract(TVector.Broadcast(0), x), x);

    // e^(−a²/2): the square's rounding error would be multiplied by up to 89, so it is taken along.
    private static TVector Bell<TVector>(TVector magnitude)
        where TVector : struct, IVector<TVector>
    {
        var minusHalf = TVector.Broadcast(-0.5f);
        var square = TVector.Multiply(magnitude, magnitude);
        var error = TVector.MultiplyAdd(magnitude, magnitude, TVector.Subtract(TVector.Broadcast(0), square));
        var bell = ElementaryFunctions.Exp(TVector.Multiply(minusHalf, square));
        return TVector.MultiplyAdd(TVector.Multiply(minusHalf, error), bell, bell);
    }

    private static TVector Ratio<TVector>(TVector magnitude)
        where TVector : struct, IVector<TVector>
    {
        var three = TVector.Broadcast(3);
        var t = TVector.Divide(TVector.Subtract(magnitude, three), TVector.Add(magnitude, three));
        var p = TVector.Broadcast(-8.07051401e-05f);
        p = TVector.MultiplyAdd(p, t, TVector.Broadcast(-4.80565446e-04f));
        p = TVector.MultiplyAdd(p, t, TVector.Broadcast(-1.94678141e-04f));
        p = TVector.MultiplyAdd(p, t, TVector.Broadcast(3.19978921e-03f));
        p = TVector.MultiplyAdd(p, t, TVector.Broadcast(5.48595854e-04f));
        p = TVector.MultiplyAdd(p, t, TVector.Broadcast(-2.39578709e-02f));
        p = TVector.MultiplyAdd(p, t, TVector.Broadcast(5.44106029e-02f));
        p = TVector.MultiplyAdd(p, t, TVector.Broadcast(-4.10769284e-02f));
        p = TVector.MultiplyAdd(p, t, TVector.Broadcast(-5.52463830e-02f));
        p = TVector.MultiplyAdd(p, t, TVector.Broadcast(4.61753011e-01f));
        return TVector.Divide(p, TVector.Add(magnitude, TVector.Broadcast(0.8f)));
    }
}
