using System.Globalization;

namespace CloudSweep.Benchmarks.Pictures;

/// <summary>Turns values into places on a picture.</summary>
/// <param name="Low">Value at the start.</param>
/// <param name="High">Value at the end.</param>
/// <param name="From">Place of the start.</param>
/// <param name="To">Place of the end.</param>
/// <param name="IsLog">Equal ratios are equal distances.</param>
internal sealed record Axis(double Low, double High, double From, double To, bool IsLog)
{
    public double Place(double value)
    {
        var share = IsLog ? Math.Log(Math.Clamp(value, Low, High) / Low) / Math.Log(High / Low) : (Math.Clamp(value, Low, High) - Low) / (High - Low);
        return From + (share * (To - From));
    }

    /// <summary>Values to write beside the axis, with their text.</summary>
    public IEnumerable<(double Value, string Text)> Ticks() => (IsLog ? LogTicks() : LinearTicks()).Select(value => (value, TextOf(value)));

    private IEnumerable<double> LogTicks()
    {
        var powers = Enumerable.Range((int)Math.Floor(Math.Log10(Low)), 20).Select(power => Math.Pow(10, power));
        double[] steps = High / Low <= 150 ? [1, 2, 5] : [1];
        return powers.SelectMany(power => steps.Select(step => step * power)).Where(value => value >= Low * 0.999 && value <= High * 1.001);
    }

    private IEnumerable<double> LinearTicks()
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10((High - Low) / 4)));
        var step = power * new[] { 1.0, 2, 5, 10 }.First(factor => (High - Low) / (factor * power) <= 5);
        for (var tick = Math.Ceiling(Low / step); tick * step <= High * 1.0001; tick++)
        {
            yield return tick * step;
        }
    }

    private static string TextOf(double value) => value is not 0 and (< 0.001 or >= 100_000)
        ? value.ToString("0.#E+0", CultureInfo.InvariantCulture).Replace("E+", "e", StringComparison.Ordinal).Replace("E-", "e-", StringComparison.Ordinal)
        : value.ToString("G4", CultureInfo.InvariantCulture);
}
