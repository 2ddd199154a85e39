namespace CloudSweep.Benchmarks.Harness;

/// <summary>
/// Measures several things by turns, so that what the machine does beside it falls on all of them alike, and compares them turn by turn.
/// The first turn only warms up.
/// </summary>
/// <typeparam name="T">What one measurement gives.</typeparam>
internal sealed class Interleaved<T>
{
    private readonly List<T[]> _turns = [];

    private Interleaved()
    {
    }

    public static async Task<Interleaved<T>> RunAsync(int repeats, params Func<Task<T>>[] measures)
    {
        var result = new Interleaved<T>();
        for (var turn = -1; turn < repeats; turn++)
        {
            var values = new T[measures.Length];
            for (var index = 0; index < measures.Length; index++)
            {
                values[index] = await measures[index]();
            }

            if (turn >= 0)
            {
                result._turns.Add(values);
            }
        }

        return result;
    }

    /// <summary>The median over all turns of a figure made of one turn's measurements, which are in the order of the measures.</summary>
    public double Median(Func<T[], double> figure)
    {
        var sorted = _turns.Select(figure).Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }

    public double Lowest(Func<T[], double> figure) => _turns.Min(figure);

    public double Highest(Func<T[], double> figure) => _turns.Max(figure);
}
