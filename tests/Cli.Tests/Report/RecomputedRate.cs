using System.Globalization;

namespace CloudSweep.Cli.Tests.Report;

/// <summary>One rate of one combination, from its rows of results.csv.</summary>
internal sealed class RecomputedRate(IReadOnlyList<IReadOnlyDictionary<string, string>> repeats)
{
    public IReadOnlyList<IReadOnlyDictionary<string, string>> Repeats { get; } = repeats;

    public double Rate => Number(Repeats[0], "learningRate");

    public int FirstTrial => Repeats.Min(repeat => (int)Number(repeat, "trial"));

    public string Verdict => Repeats[0]["verdict"];

    public bool Is(string flag) => Repeats[0][flag] == "true";

    public bool WasStopped => Repeats.Any(repeat => repeat["state"] == "Diverged");

    public bool IsCompleted => Repeats.All(repeat => repeat["state"] == "Completed" && double.IsFinite(Number(repeat, repeat["objective"])));

    /// <summary>Mean and its standard error over the repeats that have a score: between repeats, or over rows where there is one.</summary>
    public (double Mean, double Error) Of(string metric)
    {
        var scored = Repeats.Where(repeat => repeat["state"] is "Completed" or "Pruned" && double.IsFinite(Number(repeat, repeat["objective"]))).ToArray();
        double[] values = [.. scored.Select(repeat => Number(repeat, metric))];
        return values.Length switch
        {
            0 => (double.NaN, double.NaN),
            1 => (values[0], Number(scored[0], $"{metric}_standardError")),
            var count => (values.Sum() / count, Math.Sqrt(values.Sum(value => Math.Pow(value - (values.Sum() / count), 2)) / (count - 1) / count)),
        };
    }

    /// <summary>Score.</summary>
    public (double Mean, double Error) Score => Of(Repeats[0]["objective"]);

    /// <summary>A cell; NaN where it is empty.</summary>
    public static double Number(IReadOnlyDictionary<string, string> row, string column) =>
        row[column].Length == 0 ? double.NaN : double.Parse(row[column], CultureInfo.InvariantCulture);
}
