using System.Text.Json.Nodes;
using CloudSweep.Cli.Results;

namespace CloudSweep.Cli.Output;

/// <summary>The document of <c>--output json</c>; scripts rely on its names.</summary>
internal static class AnswerJson
{
    /// <param name="result">The sweep.</param>
    /// <param name="report">Path of the HTML report; null = none was written.</param>
    /// <param name="model">Path of the winner's model; null = there is none.</param>
    public static string Write(SweepResult result, string? report, string? model)
    {
        var (progress, answer) = (result.Progress, result.Answer);
        var json = new JsonObject
        {
            ["schemaVersion"] = 1,
            ["sweep"] = progress.Name,
            ["id"] = progress.Sweep,
            ["state"] = progress.State.ToString(),
            ["reason"] = progress.Reason,
            ["stopped"] = progress.Stopped,
            ["rounds"] = progress.Rounds,
            ["elapsedSeconds"] = progress.Elapsed.ToTimeSpan().TotalSeconds,
            ["data"] = JsonParts.Data(result.Description.Data),
            ["trials"] = JsonParts.AllCounts(progress.Trials),
            ["best"] = JsonParts.Configuration(answer.Best, answer.BestScore, result.Spec),
            ["recommended"] = JsonParts.Recommended(answer.Recommended, result.Spec),
            ["advice"] = answer.Advice,
            ["tied"] = JsonParts.Integers(answer.Tied),
            ["stableRanges"] = JsonParts.StableRanges(answer.StableRanges, result.Spec),
            ["verdicts"] = JsonParts.Verdicts(answer.Verdicts, result.Spec),
            ["textPasses"] = progress.DataUse.TextPasses,
            ["blockPasses"] = progress.DataUse.BlockPasses,
            ["bytesRead"] = progress.DataUse.BytesRead,
            ["numerics"] = result.Description.Numerics,
            ["remarks"] = new JsonArray([.. result.Description.Remarks.Select(remark => JsonValue.Create(remark))]),
            ["report"] = report,
            ["model"] = model,
        };
        JsonParts.AddPruning(json, result.Description.Pruning, withDecisions: false);
        RangeJson.AddTo(json, result.Description.Ranges, result.Spec);
        return json.ToJsonString(JsonParts.Indented);
    }
}
