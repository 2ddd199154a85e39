using Trial = CloudSweep.Protos.V1.Trial;

namespace CloudSweep.Cli.Results;

/// <summary>Columns of <c>results.csv</c> that belong together.</summary>
/// <param name="Names">Their headers.</param>
/// <param name="Cells">As many texts for a trial; empty where it has no such value.</param>
internal sealed record CsvColumns(IReadOnlyList<string> Names, Func<Trial, IReadOnlyList<string>> Cells)
{
    public static CsvColumns None { get; } = new([], _ => []);

    /// <summary>A metric and its error.</summary>
    public static IEnumerable<string> WithError(string metric) => [metric, $"{metric}_standardError"];

    public static string Flag(bool value) => value ? "true" : "false";
}
