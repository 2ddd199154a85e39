using System.Globalization;
using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace CloudSweep.Cli.Tests.Report;

/// <summary>What a report shows, taken from its HTML.</summary>
internal sealed partial class ShownFigures(string html)
{
    /// <summary>Every named number, as often as it is shown.</summary>
    public IReadOnlyList<(string Name, double Value)> Numbers { get; } =
        [.. Data().Matches(html).Select(match => (WebUtility.HtmlDecode(match.Groups[1].Value), double.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture)))];

    /// <summary>Text outside of named numbers, names and explanations.</summary>
    public string OtherText { get; } = Tag().Replace(Words().Replace(Data().Replace(Unseen().Replace(html, ""), ""), ""), " ");

    public string Reason { get; } = ReasonText().Match(html) is { Success: true } match ? WebUtility.HtmlDecode(match.Groups[1].Value) : "";

    public string SweepFile { get; } = WebUtility.HtmlDecode(SweepFileText().Match(html).Groups[1].Value);

    /// <summary>Markers of all score charts: rate, score and error; NaN where the chart has none.</summary>
    public IReadOnlyList<(int Combination, double Rate, double Score, double Error)> Markers { get; } =
        [.. Chart().Matches(html).SelectMany(match => MarkersOf(int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture), match.Groups[2].Value))];

    private static IEnumerable<(int, double, double, double)> MarkersOf(int combination, string json)
    {
        var figure = JsonDocument.Parse(json).RootElement;
        foreach (var trace in figure.GetProperty("data").EnumerateArray().Where(trace => trace.GetProperty("mode").GetString()!.StartsWith("markers", StringComparison.Ordinal)))
        {
            double[] Numbers(JsonElement array) => [.. array.EnumerateArray().Select(number => number.GetDouble())];
            var (rates, scores, errors) = (Numbers(trace.GetProperty("x")), Numbers(trace.GetProperty("y")), Numbers(trace.GetProperty("error_y").GetProperty("array")));
            var texts = trace.GetProperty("hovertext").EnumerateArray().Select(text => text.GetString()!).ToArray();
            for (var index = 0; index < rates.Length; index++)
            {
                var hasScore = !texts[index].Contains("<br>no score<br>", StringComparison.Ordinal);
                yield return (combination, rates[index], hasScore ? scores[index] : double.NaN, hasScore ? errors[index] : double.NaN);
            }
        }
    }

    [GeneratedRegex("<data data-figure=\"([^\"]*)\" value=\"([^\"]*)\">[^<]*</data>")]
    private static partial Regex Data();

    [GeneratedRegex("<(style|script|title|svg)[^>]*>.*?</\\1>|<!--.*?-->", RegexOptions.Singleline)]
    private static partial Regex Unseen();

    [GeneratedRegex("<(span|p|dl|td|ul|pre|table)\\b[^>]*class=\"[^\"]*(words|explanation)[^\"]*\"[^>]*>.*?</\\1>", RegexOptions.Singleline)]
    private static partial Regex Words();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex("id=\"reason\">([^<]*)<")]
    private static partial Regex ReasonText();

    [GeneratedRegex("id=\"sweep-file\"[^>]*>([^<]*)<")]
    private static partial Regex SweepFileText();

    [GeneratedRegex("<script type=\"application/json\" id=\"scores-([0-9]+)\">(.*?)</script>")]
    private static partial Regex Chart();
}
