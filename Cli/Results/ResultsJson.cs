using System.Text.Json.Nodes;

namespace CloudSweep.Cli.Results;

/// <summary><c>results.json</c>: what was found, and nothing that differs from run to run (no times, ids, paths or byte counts).</summary>
internal static class ResultsJson
{
    public static string Write(SweepResult result)
    {
        var answer = result.Answer;
        var json = new JsonObject
        {
            ["schemaVersion"] = 1,
            ["sweep"] = result.Spec.Name,
            ["spec"] = JsonNode.Parse(result.Description.SpecJson),
            ["numerics"] = result.Description.Numerics,
            ["classes"] = new JsonArray([.. result.Description.Classes.Select(label => JsonValue.Create(label))]),
            ["state"] = result.Progress.State.ToString(),
            ["data"] = JsonParts.Data(result.Description.Data),
            ["trials"] = JsonParts.Counts(result.Progress.Trials),
            ["best"] = JsonParts.Configuration(answer.Best, answer.BestScore, result.Spec),
            ["recommended"] = JsonParts.Recommended(answer.Recommended, result.Spec),
            ["advice"] = answer.Advice,
            ["tied"] = JsonParts.Integers(answer.Tied),
            ["baseline"] = JsonParts.Number(answer.Baseline),
            ["stableRanges"] = JsonParts.StableRanges(answer.StableRanges, result.Spec),
            ["verdicts"] = JsonParts.Verdicts(answer.Verdicts, result.Spec),
            ["results"] = new JsonArray([.. result.Description.Trials.Select(trial =>
            {
                var entry = JsonParts.TrialScore(trial, result.Spec);
                entry["state"] = trial.State.ToString();
                entry["reason"] = trial.Reason;
                entry["step"] = trial.Metrics.Count == 0 ? null : trial.MetricsStep;
                entry["stepsDone"] = trial.Step;
                JsonParts.AddRung(entry, trial);
                return entry;
            })]),
        };
        JsonParts.AddPruning(json, result.Description.Pruning, withDecisions: true);
        RangeJson.AddTo(json, result.Description.Ranges, result.Spec);
        return json.ToJsonString(JsonParts.Indented) + "\n";
    }
}
