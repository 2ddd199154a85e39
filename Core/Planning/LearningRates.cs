using System.Globalization;
using CloudSweep.Core.Domain;

namespace CloudSweep.Core.Planning;

/// <summary>The rates of a grid.</summary>
public static class LearningRates
{
    /// <summary>Ascending rates, rounded to 12 significant digits so that the last bits of a platform's exp and log do not show.</summary>
    public static IReadOnlyList<double> Of(LearningRateGrid grid) => grid switch
    {
        LearningRateGrid.Log log => Spaced(log.Min, log.Max, log.Count, share => Math.Exp(Math.Log(log.Min) + (share * (Math.Log(log.Max) - Math.Log(log.Min))))),
        LearningRateGrid.Linear linear => Spaced(linear.Min, linear.Max, linear.Count, share => linear.Min + (share * (linear.Max - linear.Min))),
        LearningRateGrid.List list => list.Rates.Order().ToArray(),
        _ => throw new ArgumentOutOfRangeException(nameof(grid)),
    };

    private static double[] Spaced(double min, double max, int count, Func<double, double> at) =>
        Enumerable.Range(0, count)
            .Select(index => index == 0 ? min : index == count - 1 ? max : Round(at((double)index / (count - 1))))
            .ToArray();

    private static double Round(double rate) =>
        double.Parse(rate.ToString("E11", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
