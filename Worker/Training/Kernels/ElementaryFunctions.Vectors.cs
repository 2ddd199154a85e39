using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace CloudSweep.Worker.Training.Kernels;

/// <summary>Logarithms of many numbers in double precision, eight at a time.</summary>
internal static partial class ElementaryFunctions
{
    /// <summary>Replaces each of eight times as many values by its logarithm, the same bits as one by one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Log(Span<double> values)
    {
        for (var done = 0; done < values.Length; done += Vector512<double>.Count)
        {
            var eight = values.Slice(done, Vector512<double>.Count);
            var x = Vector512.Create<double>(eight);
            if (Vector512.GreaterThanAll(x, Vector512<double>.Zero) && Vector512.LessThanAll(x, Vector512.Create(double.PositiveInfinity)))
            {
                LogOfPositive(x).CopyTo(eight);
                continue;
            }

            foreach (ref var value in eight)
            {
                value = Log(value);
            }
        }
    }

    /// <summary>Replaces each of eight times as many values, all ≥ 0 or NaN, by ln(1 + x), the same bits as one by one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void LogOnePlus(Span<double> values)
    {
        for (var done = 0; done < values.Length; done += Vector512<double>.Count)
        {
            var eight = values.Slice(done, Vector512<double>.Count);
            var x = Vector512.Create<double>(eight);
            if (!Vector512.LessThanAll(x, Vector512.Create(double.PositiveInfinity)))
            {
                foreach (ref var value in eight)
                {
                    value = LogOnePlus(value);
                }

                continue;
            }

            // Small values are their own mantissa less one, with exponent 0: one division and one series serve both kinds.
            var isSmall = Vector512.LessThan(x, Vector512.Create(0.4));
            var (exponent, above, mantissa) = Split(Vector512.Create(1.0) + x);
            LogOf(
                Vector512.ConditionalSelect(isSmall, Vector512<double>.Zero, exponent),
                Vector512.ConditionalSelect(isSmall, x, above),
                Vector512.ConditionalSelect(isSmall, Vector512.Create(2.0) + x, mantissa + Vector512.Create(1.0))).CopyTo(eight);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> LogOfPositive(Vector512<double> x)
    {
        var (exponent, above, mantissa) = Split(x);
        return LogOf(exponent, above, mantissa + Vector512.Create(1.0));
    }

    // x = 2^exponent × mantissa, which lies in [√½, √2]; above = mantissa − 1.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<double> Exponent, Vector512<double> Above, Vector512<double> Mantissa) Split(Vector512<double> x)
    {
        var bits = x.AsInt64();
        var mantissa = ((bits & Vector512.Create(0xFFFFFFFFFFFFF)) | Vector512.Create(0x3FF0000000000000)).AsDouble();
        var isLarge = Vector512.GreaterThan(mantissa, Vector512.Create(1.4142135623730951));
        mantissa = Vector512.ConditionalSelect(isLarge, mantissa * 0.5, mantissa);
        return (Vector512.ConvertToDouble((bits >> 52) - Vector512.Create(1023L) - isLarge.AsInt64()), mantissa - Vector512.Create(1.0), mantissa);
    }

    // exponent · ln 2 + 2 · artanh(numerator / denominator).
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> LogOf(Vector512<double> exponent, Vector512<double> numerator, Vector512<double> denominator)
    {
        var f = numerator / denominator;
        var square = f * f;
        var series = Vector512.Create(1.0 / 23) * square;
        series = (series + Vector512.Create(1.0 / 21)) * square;
        series = (series + Vector512.Create(1.0 / 19)) * square;
        series = (series + Vector512.Create(1.0 / 17)) * square;
        series = (series + Vector512.Create(1.0 / 15)) * square;
        series = (series + Vector512.Create(1.0 / 13)) * square;
        series = (series + Vector512.Create(1.0 / 11)) * square;
        series = (series + Vector512.Create(1.0 / 9)) * square;
        series = (series + Vector512.Create(1.0 / 7)) * square;
        series = (series + Vector512.Create(1.0 / 5)) * square;
        series = (series + Vector512.Create(1.0 / 3)) * square;
        return (exponent * Ln2High) + ((f * 2) + ((f * 2 * series) + (exponent * Ln2Low)));
    }
}
