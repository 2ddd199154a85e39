using System.Text.Json.Nodes;
using CloudSweep.Cli.Results;

namespace CloudSweep.Cli.Output;

/// <summary>The document of <c>--output json</c>; scripts rely on its names.</summary>
internal static class AnswerJson
{
    /// <param name="result">The sweep.</param>
    /// <param name="report">Path of the HTML report.</param>
    /// <param name="model">Path of the winner's model; null = there is none.</param>
    public static string Write(SweepResult result, string report, string? model)
    {
        var (progress, answer) = (result.Progress, result.Answer);
        return new JsonObject
        {
            ["schemaVersion"] = 1,
            ["sweep"] = progress.Name,
            ["id"] = progress.Sweep,
            ["state"] = progress.State.ToString(),
            ["elapsedSeconds"] = progress.Elapsed.ToTimeSpan().TotalSeconds,
            ["data"] = JsonParts.Data(result.Description.Data),
            ["trials"] = JsonParts.Counts(progress.Trials),
            ["best"] = JsonParts.Configuration(answer.Best, answer.BestScore, result.Spec),
            ["recommended"] = JsonParts.Recommended(answer.Recommended, result.Spec),
            ["advice"] = answer.Advice,
            ["tied"] = JsonParts.Integers(answer.Tied),
            ["stableRanges"] = JsonParts.StableRanges(answer.StableRanges, result.Spec),
            ["verdicts"] = JsonParts.Verdicts(answer.Verdicts, result.Spec),
            ["textPasses"] = progress.DataUse.TextPasses,
            ["blockPasses"] = progress.DataUse.BlockPasses,
            ["bytesRead"] = progress.DataUse.BytesRead,
            ["report"] = report,
            ["model"] = model,
        }.ToJsonString(JsonParts.Indented);
    }
}
