using System.Text.Json;
using System.Text.Json.Nodes;
using CloudSweep.Core.Domain;
using CloudSweep.Protos.V1;
using Trial = CloudSweep.Protos.V1.Trial;
using TrialParameters = CloudSweep.Protos.V1.TrialParameters;

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

    /// <summary>As <see cref="Counts"/>, with those that are not final.</summary>
    public static JsonObject AllCounts(TrialCounts counts)
    {
        var json = Counts(counts);
        json["pending"] = counts.Pending;
        json["running"] = counts.Running;
        return json;
    }

    public static JsonObject? Data(DataSummary? data) => data is null ? null : new JsonObject
    {
        ["rows"] = data.TrainRows + data.ValidationRows,
        ["trainRows"] = data.TrainRows,
        ["validationRows"] = data.ValidationRows,
        ["features"] = data.Features,
        ["classes"] = data.Classes,
    };

    /// <summary>Trial number, parameters and the metrics of its score.</summary>
    public static JsonObject TrialScore(Trial trial, SweepSpec spec) => new()
    {
        ["trial"] = trial.Number,
        ["parameters"] = Parameters(trial.Parameters, spec),
        ["metrics"] = Values(trial.Metrics, metric => metric.Value),
    };

    /// <summary>A configuration by its typical trial, with all its repeats and their means.</summary>
    public static JsonObject? Configuration(Trial? trial, ConfigurationScore? score, SweepSpec spec)
    {
        if (trial is null || score is null)
        {
            return null;
        }

        var json = new JsonObject
        {
            ["trial"] = trial.Number,
            ["trials"] = Integers(score.Trials),
            ["parameters"] = Parameters(trial.Parameters, spec),
            ["metrics"] = Values(score.Metrics, metric => metric.Value),
            ["standardErrors"] = Values(score.Metrics, metric => metric.StandardError),
        };
        if (trial.TestMetrics.Count > 0)
        {
            // Scored once, after the choice, and only for the winner.
            json["test"] = new JsonObject
            {
                ["rows"] = trial.TestRows,
                ["metrics"] = Values(trial.TestMetrics, metric => metric.Value),
                ["standardErrors"] = Values(trial.TestMetrics, metric => metric.StandardError),
            };
        }

        return json;
    }

    public static JsonObject? Recommended(Recommendation? recommendation, SweepSpec spec)
    {
        var json = Configuration(recommendation?.Trial, recommendation?.Score, spec);
        json?.Add("reason", recommendation!.Reason);
        json?.Add("atEdge", recommendation!.AtEdge);
        return json;
    }

    public static JsonArray StableRanges(IEnumerable<StableRange> ranges, SweepSpec spec) => new([.. ranges.Select(range =>
    {
        var json = Combination(CombinationKey.Of(range), spec);
        json["low"] = range.Low;
        json["high"] = range.High;
        json["decades"] = range.Decades;
        json["bracketed"] = range.BracketedBelow && range.BracketedAbove;
        json["bracketedBelow"] = range.BracketedBelow;
        json["bracketedAbove"] = range.BracketedAbove;
        return json;
    })]);

    public static JsonArray Verdicts(IEnumerable<RateVerdict> verdicts, SweepSpec spec) => new([.. verdicts.Select(verdict => new JsonObject
    {
        ["parameters"] = Parameters(verdict.Parameters, spec),
        ["verdict"] = verdict.Verdict.ToString(),
        ["mean"] = Number(verdict.Mean),
        ["standardError"] = Number(verdict.StandardError),
        ["evidence"] = verdict.Evidence,
        ["trials"] = Integers(verdict.Trials),
        ["tied"] = verdict.Tied,
        ["isolated"] = verdict.Isolated,
        ["provisional"] = verdict.Provisional,
    })]);

    /// <summary>What a trial measured at its last rung; nothing where it has none.</summary>
    public static void AddRung(JsonObject json, Trial trial)
    {
        if (trial.RungMetrics.Count > 0)
        {
            json["rung"] = new JsonObject
            {
                ["step"] = trial.RungStep,
                ["rows"] = trial.RungRows,
                ["metrics"] = Values(trial.RungMetrics, metric => metric.Value),
                ["standardErrors"] = Values(trial.RungMetrics, metric => metric.StandardError),
            };
        }
    }

    /// <summary>What pruning saved and may have cost; nothing where the sweep prunes nothing.</summary>
    public static void AddPruning(JsonObject json, Pruning? pruning, bool withDecisions)
    {
        if (pruning is null)
        {
            return;
        }

        var part = new JsonObject
        {
            ["laneRows"] = pruning.LaneRows,
            ["fullLaneRows"] = pruning.FullLaneRows,
            ["prunedRates"] = pruning.PrunedRates,
            ["closeRates"] = pruning.CloseRates,
        };
        if (withDecisions)
        {
            part["decisions"] = new JsonArray([.. pruning.Decisions.Select(Decision)]);
        }

        json["pruning"] = part;
    }

    private static JsonObject Decision(RungDecision decision) => new()
    {
        ["sequence"] = decision.Sequence,
        ["rung"] = decision.Rung,
        ["step"] = decision.Step,
        ["rows"] = decision.Rows,
        ["ranked"] = decision.Ranked,
        ["entries"] = new JsonArray([.. decision.Entries.Select(entry => new JsonObject
        {
            ["learningRate"] = entry.Rate,
            ["trials"] = Integers(entry.Trials),
            ["value"] = Number(entry.Value),
            ["standardError"] = Number(entry.StandardError),
            ["place"] = entry.Place,
            ["outcome"] = entry.Outcome.ToString(),
            ["close"] = entry.Close,
        })]),
    };

    public static JsonArray Integers(IEnumerable<int> values) => new([.. values.Select(value => JsonValue.Create(value))]);

    public static JsonObject Parameters(TrialParameters parameters, SweepSpec spec)
    {
        var json = Combination(CombinationKey.Of(parameters), spec);
        json.Insert(0, "learningRate", parameters.LearningRate);
        json["repeat"] = parameters.Repeat;
        if (parameters.Ramp is { } ramp)
        {
            json["ramp"] = new JsonObject { ["from"] = ramp.From, ["steps"] = ramp.Steps };
        }

        return json;
    }

    public static JsonNode? Number(double value) => double.IsFinite(value) ? JsonValue.Create(value) : null;

    public static JsonObject Values(IEnumerable<MetricValue> metrics, Func<MetricValue, double> value) =>
        new(metrics.Select(metric => KeyValuePair.Create(metric.Name, Number(value(metric)))));

    /// <summary>Kinds by name, what varies by its path, and all constants under <c>settings</c>.</summary>
    private static JsonObject Combination(CombinationKey settings, SweepSpec spec)
    {
        var (optimizer, schedule) = (JsonNode.Parse(settings.Optimizer)!, JsonNode.Parse(settings.Schedule)!);
        var json = new JsonObject
        {
            ["optimizer"] = optimizer["kind"]!.DeepClone(),
            ["schedule"] = schedule["kind"]!.DeepClone(),
        };
        foreach (var path in spec.Varied)
        {
            json[path] = settings.ValueOf(path);
        }

        json["settings"] = new JsonObject
        {
            ["optimizer"] = optimizer,
            ["schedule"] = schedule,
            ["model"] = JsonNode.Parse(settings.Model),
            ["training"] = JsonNode.Parse(settings.Training),
        };
        return json;
    }
}
