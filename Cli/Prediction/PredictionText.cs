using System.Globalization;
using System.Text.Json.Nodes;
using CloudSweep.Cli.Results;
using CloudSweep.Core.Domain;
using CloudSweep.Worker.Prediction;

namespace CloudSweep.Cli.Prediction;

/// <summary>What was predicted, for people or scripts. Beside predictions on standard output it goes to standard error.</summary>
internal static class PredictionText
{
    private const string ValidationPrefix = "val_";

    public static void Write(PredictArguments arguments, PredictionSummary summary)
    {
        var output = arguments.Out is null ? Console.Error : Console.Out;
        output.WriteLine(arguments.IsJson ? Json(arguments, summary) : Text(arguments, summary));
    }

    private static string Text(PredictArguments arguments, PredictionSummary summary)
    {
        var rows = string.Create(CultureInfo.InvariantCulture, $"Predicted {summary.Rows} {(summary.Rows == 1 ? "row" : "rows")}{(arguments.Out is null ? "" : $" to {arguments.Out}")}.");
        if (summary.Metrics.Count == 0)
        {
            return rows;
        }

        var share = summary.LabelledRows == summary.Rows ? "" : string.Create(CultureInfo.InvariantCulture, $" (of the {summary.LabelledRows} with a label)");
        return $"{rows} {string.Join(", ", summary.Metrics.Where(metric => !MetricNames.IsPerClass(metric.Name)).Select(metric => $"{NameOf(metric)} {Label.Number(metric.Value)}"))}{share}.";
    }

    private static string Json(PredictArguments arguments, PredictionSummary summary) => new JsonObject
    {
        ["schemaVersion"] = 1,
        ["model"] = arguments.Model,
        ["predictions"] = arguments.Out,
        ["rows"] = summary.Rows,
        ["labelledRows"] = summary.LabelledRows,
        ["metrics"] = new JsonObject(summary.Metrics.Select(metric => KeyValuePair.Create(NameOf(metric), JsonParts.Number(metric.Value)))),
    }.ToJsonString(JsonParts.Indented);

    // On rows that a person names, they are no longer those of a validation.
    private static string NameOf(Metric metric) => metric.Name.StartsWith(ValidationPrefix, StringComparison.Ordinal) ? metric.Name[ValidationPrefix.Length..] : metric.Name;
}
