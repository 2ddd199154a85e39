namespace CloudSweep.Worker.Tests.Training;

/// <summary>The normal distribution in double precision: a series around 0 and a continued fraction in the tails (Abramowitz &amp; Stegun 26.2.11, 26.2.14).</summary>
internal static class ReferenceNormal
{
    public static double Density(double x) => Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI);

    public static double Probability(double x)
    {
        if (Math.Abs(x) > 4)
        {
            return x < 0 ? Tail(-x) : 1 - Tail(x);
        }

        var (sum, term) = (x, x);
        for (var odd = 3; Math.Abs(term) > 1e-20 * Math.Abs(sum); odd += 2)
        {
            term *= x * x / odd;
            sum += term;
        }

        // The series loses digits to the left of 0, where the tail is small: there Φ(x) = 1 − Φ(−x) would lose the same.
        return x < -1.5 ? Tail(-x) : 0.5 + (Density(x) * sum);
    }

    private static double Tail(double x)
    {
        var fraction = x;
        for (var k = 400; k > 0; k--)
        {
            fraction = x + (k / fraction);
        }

        return Density(x) / fraction;
    }
}
