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

    /// <summary>
    /// The next rates above a grid of two or more, ascending. Logarithmic grids and lists go on by the ratio of their two highest rates, linear ones by the
    /// difference. They may be too large for a learning rate.
    /// </summary>
    public static IReadOnlyList<double> Above(LearningRateGrid grid, int count) => [.. Beyond(grid, count, 1).Order()];

    /// <summary>As <see cref="Above"/>, below a grid. Those of a linear grid may be 0 or less.</summary>
    public static IReadOnlyList<double> Below(LearningRateGrid grid, int count) => [.. Beyond(grid, count, -1).Order()];

    private static IEnumerable<double> Beyond(LearningRateGrid grid, int count, int direction)
    {
        var rates = count == 0 ? [] : Of(grid);
        if (rates.Count < 2)
        {
            return [];
        }

        var (end, before) = direction > 0 ? (rates[^1], rates[^2]) : (rates[0], rates[1]);
        var ratio = grid is LearningRateGrid.Log log ? Math.Pow(log.Max / log.Min, (double)direction / (log.Count - 1)) : end / before;
        return Enumerable.Range(1, count).Select(step => Round(grid is LearningRateGrid.Linear ? end + (step * (end - before)) : end * Math.Pow(ratio, step)));
    }

    private static double[] Spaced(double min, double max, int count, Func<double, double> at) =>
        Enumerable.Range(0, count)
            .Select(index => index == 0 ? min : index == count - 1 ? max : Round(at((double)index / (count - 1))))
            .ToArray();

    private static double Round(double rate) =>
        double.Parse(rate.ToString("E11", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
