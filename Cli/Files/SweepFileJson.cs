using System.Text.Json.Nodes;
using CloudSweep.Cli.Results;
using CloudSweep.Core.Domain;

namespace CloudSweep.Cli.Files;

/// <summary>Writes a sweep file, as JSON with every default, which reads back as the same sweep.</summary>
internal static class SweepFileJson
{
    public static string Write(SweepSpec spec)
    {
        var file = new JsonObject
        {
            ["version"] = spec.Version,
            ["name"] = spec.Name,
            ["objective"] = Document(spec.Objective),
            ["data"] = DataFileJson.Of(spec.Data),
            ["model"] = Document(spec.Model),
            ["training"] = Training(spec.Training),
            ["learningRate"] = Rates(spec.LearningRate),
            ["optimizer"] = VariedFileJson.Optimizers(spec, Optimizer),
            ["schedule"] = new JsonArray([.. spec.Schedules.Select(schedule => (JsonNode)Document(schedule))]),
            ["repeats"] = spec.Repeats,
            ["execution"] = Document(spec.Execution),
        };
        if (spec.Varied.Count > 0)
        {
            file["vary"] = VariedFileJson.Of(spec, Training);
        }

        if (spec.Pruning is { } pruning)
        {
            file["pruning"] = Document(pruning);
        }

        return file.ToJsonString(JsonParts.Indented);
    }

    /// <summary>The domain's document, whose names are the file's; what is null there is left out.</summary>
    private static JsonObject Document<T>(T value)
    {
        var json = JsonNode.Parse(CanonicalJson.Write(value))!.AsObject();
        foreach (var name in json.Where(member => member.Value is null).Select(member => member.Key).ToArray())
        {
            json.Remove(name);
        }

        return json;
    }

    private static JsonObject Training(TrainingSpec training)
    {
        var json = Document(training);
        json["batchSize"] = training.BatchSize is { } size ? size : "all";
        return json;
    }

    private static JsonObject Optimizer(OptimizerChoice choice)
    {
        var json = Document(choice.Settings);
        if (choice.LearningRate is { } rates)
        {
            json["learningRate"] = Rates(rates);
        }

        return json;
    }

    private static JsonNode Rates(LearningRateGrid grid)
    {
        var json = Document(grid);
        if (grid is LearningRateGrid.List)
        {
            return json["rates"]!.DeepClone();
        }

        var scale = json["kind"]!.DeepClone();
        json.Remove("kind");
        json.Insert(0, "scale", scale);
        if (grid is LearningRateGrid.Auto)
        {
            // The only grid whose edges are extended where the file says nothing.
            json["extendEdges"] = grid.ExtendEdges;
        }

        return json;
    }
}
