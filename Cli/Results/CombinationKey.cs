using System.Text.Json.Nodes;
using CloudSweep.Protos.V1;

namespace CloudSweep.Cli.Results;

/// <summary>All settings of a trial but its rate and repeat, as canonical JSON: what makes a combination.</summary>
internal sealed record CombinationKey(string Optimizer, string Schedule, string Model, string Training)
{
    public static CombinationKey Of(TrialParameters parameters) =>
        new(parameters.OptimizerJson, parameters.ScheduleJson, parameters.ModelJson, parameters.TrainingJson);

    public static CombinationKey Of(StableRange range) => new(range.OptimizerJson, range.ScheduleJson, range.ModelJson, range.TrainingJson);

    /// <summary>Value of a key under <c>vary</c>, such as <c>training.batchSize</c>; <c>all</c> where that stands for no number, null where the trial has no such setting.</summary>
    public JsonNode? ValueOf(string path)
    {
        var section = path.Split('.', 2) switch
        {
            ["training", _] => Training,
            ["model", _] => Model,
            ["optimizer", _] => Optimizer,
            _ => "{}",
        };
        var value = JsonNode.Parse(section)![path[(path.IndexOf('.', StringComparison.Ordinal) + 1)..]];
        return value is null && path == "training.batchSize" ? JsonValue.Create("all") : value?.DeepClone();
    }

    /// <summary>As people write it: <c>32</c>, <c>all</c>, <c>[128, 64]</c>; empty where the trial has no such setting.</summary>
    public string TextOf(string path) => ValueOf(path) switch
    {
        null => "",
        JsonArray list => $"[{string.Join(", ", list)}]",
        var value => value.ToString(),
    };
}
