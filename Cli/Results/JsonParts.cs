using System.Text.Json;
using System.Text.Json.Nodes;
using CloudSweep.Protos.V1;

namespace CloudSweep.Cli.Results;

/// <summary>Pieces that <c>results.json</c> and <c>--output json</c> share. NaN and infinities are null.</summary>
internal static class JsonParts
{
    public static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static JsonObject Counts(TrialCounts counts) => new()
    {
        ["total"] = counts.Total,
        ["completed"] = counts.Completed,
        ["pruned"] = counts.Pruned,
        ["diverged"] = counts.Diverged,
        ["failed"] = counts.Failed,
        ["cancelled"] = counts.Cancelled,
    };

    public static JsonObject? Data(DataSummary? data) => data is null ? null : new JsonObject
    {
        ["rows"] = data.TrainRows + data.ValidationRows,
        ["trainRows"] = data.TrainRows,
        ["validationRows"] = data.ValidationRows,
        ["features"] = data.Features,
        ["classes"] = data.Classes,
    };

    /// <summary>Trial number, parameters and the metrics of its score.</summary>
    public static JsonObject TrialScore(Trial trial) => new()
    {
        ["trial"] = trial.Number,
        ["parameters"] = Parameters(trial.Parameters),
        ["metrics"] = Values(trial.Metrics, metric => metric.Value),
    };

    /// <summary>A configuration by its typical trial, with all its repeats and their means.</summary>
    public static JsonObject? Configuration(Trial? trial, ConfigurationScore? score) => trial is null || score is null ? null : new JsonObject
    {
        ["trial"] = trial.Number,
        ["trials"] = Integers(score.Trials),
        ["parameters"] = Parameters(trial.Parameters),
        ["metrics"] = Values(score.Metrics, metric => metric.Value),
        ["standardErrors"] = Values(score.Metrics, metric => metric.StandardError),
    };

    public static JsonObject? Recommended(Recommendation? recommendation)
    {
        var json = Configuration(recommendation?.Trial, recommendation?.Score);
        json?.Add("reason", recommendation!.Reason);
        json?.Add("atEdge", recommendation!.AtEdge);
        return json;
    }

    public static JsonArray StableRanges(IEnumerable<StableRange> ranges) => new([.. ranges.Select(range =>
    {
        var json = Combination(CombinationKey.Of(range));
        json["low"] = range.Low;
        json["high"] = range.High;
        json["decades"] = range.Decades;
        json["bracketed"] = range.BracketedBelow && range.BracketedAbove;
        json["bracketedBelow"] = range.BracketedBelow;
        json["bracketedAbove"] = range.BracketedAbove;
        return json;
    })]);

    public static JsonArray Verdicts(IEnumerable<RateVerdict> verdicts) => new([.. verdicts.Select(verdict => new JsonObject
    {
        ["parameters"] = Parameters(verdict.Parameters),
        ["verdict"] = verdict.Verdict.ToString(),
        ["mean"] = Number(verdict.Mean),
        ["standardError"] = Number(verdict.StandardError),
        ["evidence"] = verdict.Evidence,
        ["trials"] = Integers(verdict.Trials),
        ["tied"] = verdict.Tied,
        ["isolated"] = verdict.Isolated,
        ["provisional"] = verdict.Provisional,
    })]);

    public static JsonArray Integers(IEnumerable<int> values) => new([.. values.Select(value => JsonValue.Create(value))]);

    public static JsonObject Parameters(TrialParameters parameters)
    {
        var json = Combination(CombinationKey.Of(parameters));
        json.Insert(0, "learningRate", parameters.LearningRate);
        json["repeat"] = parameters.Repeat;
        return json;
    }

    public static JsonNode? Number(double value) => double.IsFinite(value) ? JsonValue.Create(value) : null;

    private static JsonObject Values(IEnumerable<MetricValue> metrics, Func<MetricValue, double> value) =>
        new(metrics.Select(metric => KeyValuePair.Create(metric.Name, Number(value(metric)))));

    /// <summary>Kinds by name, and all constants under <c>settings</c>.</summary>
    private static JsonObject Combination(CombinationKey combination)
    {
        var (optimizer, schedule) = (JsonNode.Parse(combination.OptimizerJson)!, JsonNode.Parse(combination.ScheduleJson)!);
        return new JsonObject
        {
            ["optimizer"] = optimizer["kind"]!.DeepClone(),
            ["schedule"] = schedule["kind"]!.DeepClone(),
            ["settings"] = new JsonObject { ["optimizer"] = optimizer, ["schedule"] = schedule },
        };
    }
}
