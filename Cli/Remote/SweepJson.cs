using System.Text.Json.Nodes;
using CloudSweep.Cli.Results;
using CloudSweep.Protos.V1;

namespace CloudSweep.Cli.Remote;

/// <summary>The documents of the commands that speak to a Coordinator; scripts rely on their names (docs/cli.md).</summary>
internal static class SweepJson
{
    public static string Submitted(SubmitSweepResponse submitted, string name, SweepState state) => Document(new JsonObject
    {
        ["sweep"] = name,
        ["id"] = submitted.Sweep,
        ["state"] = state.ToString(),
        ["existed"] = submitted.Existed,
        ["dataChange"] = submitted.DataChange is { } change ? new JsonObject { ["since"] = change.Since, ["difference"] = change.Difference } : null,
        ["cancelled"] = new JsonArray([.. submitted.Cancelled.Select(sweep => JsonValue.Create(sweep))]),
    });

    public static string List(IEnumerable<SweepProgress> sweeps) => Document(new JsonObject { ["sweeps"] = new JsonArray([.. sweeps.Select(Summary)]) });

    public static string Action(ActionOutcome outcome) => Document(new JsonObject
    {
        ["sweep"] = outcome.Sweep.Name,
        ["id"] = outcome.Sweep.Sweep,
        ["action"] = outcome.Action,
        ["state"] = outcome.State.ToString(),
        ["changed"] = outcome.IsChanged,
        ["trials"] = JsonParts.Integers(outcome.Trials),
        ["rates"] = new JsonArray([.. outcome.Rates.Select(rate => JsonValue.Create(rate))]),
    });

    public static string Written(WrittenFiles written) => Document(new JsonObject
    {
        ["sweep"] = written.Sweep.Name,
        ["id"] = written.Sweep.Sweep,
        ["state"] = written.Sweep.State.ToString(),
        ["files"] = new JsonArray([.. written.Files.Select(file => JsonValue.Create(file))]),
        ["report"] = written.Report,
        ["model"] = written.Model,
    });

    private static JsonObject Summary(SweepProgress sweep) => new()
    {
        ["sweep"] = sweep.Name,
        ["id"] = sweep.Sweep,
        ["state"] = sweep.State.ToString(),
        ["reason"] = sweep.Reason,
        ["stopped"] = sweep.Stopped,
        ["rounds"] = sweep.Rounds,
        ["createdAt"] = sweep.CreatedAt.ToDateTimeOffset().ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture),
        ["elapsedSeconds"] = sweep.Elapsed.ToTimeSpan().TotalSeconds,
        ["trials"] = JsonParts.AllCounts(sweep.Trials),
        ["best"] = sweep.Best is { } best ? new JsonObject
        {
            ["trial"] = best.Number,
            ["learningRate"] = best.Parameters.LearningRate,
            ["metrics"] = JsonParts.Values(best.Metrics, metric => metric.Value),
        } : null,
    };

    private static string Document(JsonObject content)
    {
        content.Insert(0, "schemaVersion", 1);
        return content.ToJsonString(JsonParts.Indented);
    }
}
