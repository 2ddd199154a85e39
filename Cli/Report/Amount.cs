using System.Globalization;
using CloudSweep.Cli.Output;
using CloudSweep.Cli.Results;

namespace CloudSweep.Cli.Report;

/// <summary>
/// Numbers as a report shows them: rounded for people, with every digit in <c>value</c> and a name in <c>data-figure</c>, by which it can be found and
/// computed again from <c>results.csv</c> (docs/report.md).
/// </summary>
internal static class Amount
{
    public static Markup Rate(string figure, double rate) => Of(figure, rate, Label.Rate(rate));

    public static Markup Value(string figure, double value) => Of(figure, value, Label.Number(value));

    public static Markup Error(string figure, double error) => Of(figure, error, Label.Error(error));

    /// <summary>With thousands apart.</summary>
    public static Markup Count(string figure, long count) => Of(figure, count, count.ToString("N0", CultureInfo.InvariantCulture));

    public static Markup Decades(string figure, double decades) => Of(figure, decades, decades.ToString("F1", CultureInfo.InvariantCulture));

    /// <summary>A share as percent; below ten percent the first decimal matters.</summary>
    public static Markup Share(string figure, double share) => Of(figure, share, share.ToString(share < 0.1 ? "0.#%" : "0%", CultureInfo.InvariantCulture));

    /// <summary>How many times one is the other: three digits where that is less than ten.</summary>
    public static Markup Times(string figure, double times) => Of(figure, times, times.ToString(times < 10 ? "0.##" : "N0", CultureInfo.InvariantCulture));

    /// <summary>In kB, MB or GB.</summary>
    public static Markup Bytes(string figure, double bytes) => Of(figure, bytes, ByteSize.Text((long)Math.Round(bytes)));

    /// <summary>A metric with its standard error, where that is known.</summary>
    public static Markup Metric(string figure, string name, double value, double error) => double.IsFinite(error)
        ? HtmlText.Of($"{name} {Value(figure, value)} ± {Error($"{figure}.error", error)}")
        : HtmlText.Of($"{name} {Value(figure, value)}");

    private static Markup Of(string figure, double value, string text) =>
        HtmlText.Of($"<data data-figure=\"{figure}\" value=\"{Invariant.Text(value)}\">{text}</data>");
}
