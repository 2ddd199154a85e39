using System.Globalization;
using CloudSweep.Core.Domain;

namespace CloudSweep.Core.Planning;

/// <summary>The rates of a grid.</summary>
public static class LearningRates
{
    /// <summary>Ascending rates, none where a range test is to find them; rounded to 12 significant digits so that the last bits of a platform's exp and log do not show.</summary>
    public static IReadOnlyList<double> Of(LearningRateGrid grid) => grid switch
    {
        LearningRateGrid.Log log => Spaced(log.Min, log.Max, log.Count, share => Math.Exp(Math.Log(log.Min) + (share * (Math.Log(log.Max) - Math.Log(log.Min))))),
        LearningRateGrid.Linear linear => Spaced(linear.Min, linear.Max, linear.Count, share => linear.Min + (share * (linear.Max - linear.Min))),
        LearningRateGrid.Random random => Drawn(random),
        LearningRateGrid.List list => list.Rates.Order().ToArray(),
        LearningRateGrid.Auto => [],
        _ => throw new ArgumentOutOfRangeException(nameof(grid)),
    };

    /// <summary>
    /// The next rates above a grid of two or more, ascending. Logarithmic grids and lists go on by the ratio of their two highest rates, linear ones by the
    /// difference, random ones by the mean ratio of their range. They may be too large for a learning rate.
    /// </summary>
    /// <param name="grid">The grid.</param>
    /// <param name="count">How many.</param>
    /// <param name="from">Where to go on from; null = the highest rate of the grid.</param>
    public static IReadOnlyList<double> Above(LearningRateGrid grid, int count, double? from = null) => [.. Beyond(grid, count, 1, from).Order()];

    /// <summary>As <see cref="Above"/>, below a grid. Those of a linear grid may be 0 or less.</summary>
    public static IReadOnlyList<double> Below(LearningRateGrid grid, int count, double? from = null) => [.. Beyond(grid, count, -1, from).Order()];

    /// <summary>The rate half-way between two on a log scale.</summary>
    public static double Between(double low, double high) => Round(Math.Sqrt(low) * Math.Sqrt(high));

    private static IEnumerable<double> Beyond(LearningRateGrid grid, int count, int direction, double? from)
    {
        var rates = count == 0 ? [] : Of(grid);
        if (rates.Count < 2)
        {
            return [];
        }

        var (end, before) = direction > 0 ? (rates[^1], rates[^2]) : (rates[0], rates[1]);
        var start = from ?? end;
        if (grid is LearningRateGrid.Linear)
        {
            return Enumerable.Range(1, count).Select(step => Round(start + (step * (end - before))));
        }

        var ratio = grid switch
        {
            LearningRateGrid.Log log => Math.Pow(log.Max / log.Min, (double)direction / (log.Count - 1)),
            LearningRateGrid.Random random => Math.Pow(random.Max / random.Min, (double)direction / (random.Count - 1)),
            _ => end / before,
        };
        return Enumerable.Range(1, count).Select(step => Round(start * Math.Pow(ratio, step)));
    }

    // Two that are the same in single precision would be one trial, so the second is drawn again. A range that holds too few is refused by its rules.
    private static double[] Drawn(LearningRateGrid.Random random) =>
        [.. Enumerable.Range(0, 16 * Math.Max(16, random.Count))
            .Select(index => KeyedRandom.UnitInterval(random.Seed, RandomPurpose.LearningRate, 0, index))
            .Select(share => Round(Math.Exp(Math.Log(random.Min) + (share * (Math.Log(random.Max) - Math.Log(random.Min))))))
            .DistinctBy(rate => (float)rate)
            .Take(random.Count)
            .Order()];

    private static double[] Spaced(double min, double max, int count, Func<double, double> at) =>
        Enumerable.Range(0, count)
            .Select(index => index == 0 ? min : index == count - 1 ? max : Round(at((double)index / (count - 1))))
            .ToArray();

    internal static double Round(double rate) =>
        double.Parse(rate.ToString("E11", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
