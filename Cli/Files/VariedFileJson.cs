using System.Text.Json.Nodes;
using CloudSweep.Core.Domain;

namespace CloudSweep.Cli.Files;

/// <summary>The <c>vary</c> of a sweep file, found again in what it made.</summary>
internal static class VariedFileJson
{
    private const string OptimizerPrefix = "optimizer.";

    /// <summary>Every varied path with its values, in the order in which the file had them: each comes first with the first values of the others.</summary>
    public static JsonObject Of(SweepSpec spec, Func<TrainingSpec, JsonObject> training) =>
        new(spec.Varied.Select(path => KeyValuePair.Create(path, (JsonNode?)Distinct(Values(spec, path, training)))));

    /// <summary>The optimizers as they were listed, before constants of theirs varied.</summary>
    public static JsonArray Optimizers(SweepSpec spec, Func<OptimizerChoice, JsonObject> optimizer)
    {
        var varied = spec.Varied.Where(IsOptimizer).Select(path => path[OptimizerPrefix.Length..]).ToArray();
        return Distinct(spec.Optimizers.Select(choice =>
        {
            var json = optimizer(choice);
            foreach (var key in varied)
            {
                json.Remove(key);
            }

            return (JsonNode)json;
        }));
    }

    private static IEnumerable<JsonNode> Values(SweepSpec spec, string path, Func<TrainingSpec, JsonObject> training)
    {
        var key = path[(path.IndexOf('.', StringComparison.Ordinal) + 1)..];
        var sections = IsOptimizer(path) ? spec.Optimizers.Select(choice => CanonicalJson.Write(choice.Settings))
            : path.StartsWith("training.", StringComparison.Ordinal) ? spec.Variants().Select(variant => training(variant.Training).ToJsonString())
            : spec.Variants().Select(variant => CanonicalJson.Write(variant.Model));
        return sections.Select(section => JsonNode.Parse(section)![key]).OfType<JsonNode>();
    }

    private static bool IsOptimizer(string path) => path.StartsWith(OptimizerPrefix, StringComparison.Ordinal);

    private static JsonArray Distinct(IEnumerable<JsonNode> values) => new([.. values.DistinctBy(value => value.ToJsonString()).Select(value => value.DeepClone())]);
}
