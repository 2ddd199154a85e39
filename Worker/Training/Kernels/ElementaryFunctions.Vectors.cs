using System.Runtime.Intrinsics;

namespace CloudSweep.Worker.Training.Kernels;

/// <summary>Logarithms of many numbers in double precision, eight at a time.</summary>
internal static partial class ElementaryFunctions
{
    /// <summary>Replaces each of eight times as many values by its logarithm, the same bits as one by one.</summary>
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

    private static Vector512<double> LogOfPositive(Vector512<double> x)
    {
        var bits = x.AsInt64();
        var mantissa = ((bits & Vector512.Create(0xFFFFFFFFFFFFF)) | Vector512.Create(0x3FF0000000000000)).AsDouble();
        var isLarge = Vector512.GreaterThan(mantissa, Vector512.Create(1.4142135623730951));
        mantissa = Vector512.ConditionalSelect(isLarge, mantissa * 0.5, mantissa);
        var exponent = Vector512.ConvertToDouble((bits >> 52) - Vector512.Create(1023L) - isLarge.AsInt64());
        var one = Vector512.Create(1.0);
        var f = (mantissa - one) / (mantissa + one);
        var series = ArtanhSeries(f);
        return (exponent * Ln2High) + ((f * 2) + ((f * 2 * series) + (exponent * Ln2Low)));
    }

    /// <summary>Replaces each of eight times as many values, all ≥ 0 or NaN, by ln(1 + x), the same bits as one by one.</summary>
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

            var two = Vector512.Create(2.0);
            var f = x / (two + x);
            var small = (two * f) + (two * f * ArtanhSeries(f));
            var isSmall = Vector512.LessThan(x, Vector512.Create(0.4));
            (Vector512.LessThanAll(x, Vector512.Create(0.4)) ? small : Vector512.ConditionalSelect(isSmall, small, LogOfPositive(Vector512.Create(1.0) + x))).CopyTo(eight);
        }
    }

    private static Vector512<double> ArtanhSeries(Vector512<double> f)
    {
        var square = f * f;
        var series = Vector512<double>.Zero;
        for (var power = 23; power >= 3; power -= 2)
        {
            series = (series + Vector512.Create(1.0 / power)) * square;
        }

        return series;
    }
}
