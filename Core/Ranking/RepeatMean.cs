namespace CloudSweep.Core.Ranking;

/// <summary>A value over the repeats of a configuration.</summary>
/// <param name="Value">Mean over repeats; NaN without any.</param>
/// <param name="StandardError">Of the mean: between repeats, or over the evaluated rows with one repeat; NaN when unknown.</param>
internal readonly record struct RepeatMean(double Value, double StandardError)
{
    /// <param name="repeats">Value and its standard error over rows, of each repeat that has one.</param>
    public static RepeatMean Of(IReadOnlyList<(double Value, double StandardError)> repeats)
    {
        if (repeats.Count < 2)
        {
            return repeats is [var (value, error)] ? new RepeatMean(value, error) : new RepeatMean(double.NaN, double.NaN);
        }

        var mean = repeats.Average(repeat => repeat.Value);
        var squares = repeats.Sum(repeat => (repeat.Value - mean) * (repeat.Value - mean));
        return new RepeatMean(mean, Math.Sqrt(squares / (repeats.Count - 1) / repeats.Count));
    }
}
