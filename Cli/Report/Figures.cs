using System.Text.Json.Nodes;
using CloudSweep.Cli.Results;
using CloudSweep.Core.Domain;
using CloudSweep.Protos.V1;
using Measurement = CloudSweep.Protos.V1.Measurement;

namespace CloudSweep.Cli.Report;

/// <summary>The charts of a report as Plotly figures (data and layout; https://plotly.com/javascript/reference).</summary>
internal static class Figures
{
    private const double AboveAll = 2;

    // So far does the shade of the safe range reach beyond its ends: also a range of one rate is seen.
    private const double Beside = 1.1;

    /// <summary>Score against learning rate: log axis, verdicts by colour and shape, safe range shaded, baseline dotted.</summary>
    public static JsonObject Scores(SweepResult result, AnswerSection section)
    {
        var isLoss = result.Spec.Objective.Metric == MetricNames.ValidationLoss;
        var finite = section.Rates.Where(rate => double.IsFinite(rate.Mean)).ToArray();
        var unscored = finite.Length == 0 ? 1 : isLoss ? finite.Max(rate => rate.Mean) * AboveAll : 0;
        JsonArray data = [Line(finite)];
        foreach (var kind in VerdictStyle.All.Where(kind => section.Rates.Any(rate => rate.Verdict == kind)))
        {
            data.Add(Markers(kind, [.. section.Rates.Where(rate => rate.Verdict == kind)], unscored));
        }

        var taken = section.Rates.FirstOrDefault(rate => rate.Trials.Any(trial => trial == result.Answer.Recommended?.Trial.Number));
        if (taken is not null)
        {
            data.Add(Ring(taken));
        }

        return Figure(data, new JsonObject
        {
            ["xaxis"] = RateAxis(section.Rates),
            ["yaxis"] = Axis(result.Spec.Objective.Metric, isLoss),
            ["shapes"] = Shapes(section, result.Answer.Baseline, result.Spec.Objective.Goal),
            ["showlegend"] = false,
        });
    }

    /// <summary>Training loss over steps, a line per rate from dark (low) to light (high).</summary>
    public static JsonObject Losses(SweepResult result, AnswerSection section)
    {
        var windows = result.Measurements.Where(measurement => measurement.KindCase == Measurement.KindOneofCase.LossWindow).ToLookup(measurement => measurement.Trial);
        JsonArray data = [];
        for (var index = 0; index < section.Rates.Count; index++)
        {
            var rate = section.Rates[index];
            var curve = windows[rate.Trials[0]].ToArray();
            data.Add(new JsonObject
            {
                ["type"] = "scatter",
                ["mode"] = "lines",
                ["name"] = Label.Rate(rate.Parameters.LearningRate),
                ["x"] = Array(curve.Select(window => (double)window.Step)),
                ["y"] = Array(curve.Select(window => window.LossWindow.Mean)),
                ["line"] = new JsonObject { ["color"] = Shade(index, section.Rates.Count), ["width"] = 1.5 },
                ["hovertemplate"] = $"{Label.Rate(rate.Parameters.LearningRate)} ({rate.Verdict})<br>step %{{x}}: loss %{{y:.4g}}<extra></extra>",
            });
        }

        return Figure(data, new JsonObject
        {
            ["xaxis"] = Axis("optimizer step", isLog: false),
            ["yaxis"] = Axis("training loss", isLog: true),
            ["showlegend"] = true,
            ["legend"] = new JsonObject { ["font"] = new JsonObject { ["size"] = 10 } },
        });
    }

    private static JsonObject Line(RateVerdict[] rates) => new()
    {
        ["type"] = "scatter",
        ["mode"] = "lines",
        ["x"] = Array(rates.Select(rate => rate.Parameters.LearningRate)),
        ["y"] = Array(rates.Select(rate => rate.Mean)),
        ["line"] = new JsonObject { ["color"] = "#bbbbbb", ["width"] = 1 },
        ["hoverinfo"] = "skip",
    };

    private static JsonObject Markers(VerdictKind kind, RateVerdict[] rates, double unscored)
    {
        var style = VerdictStyle.Of(kind);
        return new JsonObject
        {
            ["type"] = "scatter",
            ["mode"] = "markers",
            ["name"] = kind.ToString(),
            ["x"] = Array(rates.Select(rate => rate.Parameters.LearningRate)),
            ["y"] = Array(rates.Select(rate => double.IsFinite(rate.Mean) ? rate.Mean : unscored)),
            ["error_y"] = new JsonObject
            {
                ["type"] = "data",
                ["array"] = Array(rates.Select(rate => double.IsFinite(rate.Mean) && double.IsFinite(rate.StandardError) ? rate.StandardError : 0)),
                ["thickness"] = 1,
                ["width"] = 2,
                ["color"] = style.Colour,
            },
            ["text"] = new JsonArray([.. rates.Select(rate => JsonValue.Create(Hover(rate)))]),
            ["hovertemplate"] = "%{text}<extra></extra>",
            ["marker"] = new JsonObject { ["color"] = style.Colour, ["symbol"] = style.Symbol, ["size"] = 10 },
        };
    }

    private static string Hover(RateVerdict rate) =>
        $"<b>{Label.Rate(rate.Parameters.LearningRate)}</b>: {rate.Verdict}<br>{(double.IsFinite(rate.Mean) ? $"{Label.Number(rate.Mean)} ± {Label.Number(rate.StandardError)}" : "no score")}<br>{rate.Evidence}";

    private static JsonObject Ring(RateVerdict rate) => new()
    {
        ["type"] = "scatter",
        ["mode"] = "markers+text",
        ["x"] = Array([rate.Parameters.LearningRate]),
        ["y"] = Array([rate.Mean]),
        ["text"] = new JsonArray("take"),
        ["textposition"] = "bottom center",
        ["hoverinfo"] = "skip",
        ["marker"] = new JsonObject { ["symbol"] = "circle-open", ["size"] = 20, ["color"] = "#222222", ["line"] = new JsonObject { ["width"] = 2 } },
    };

    private static JsonArray Shapes(AnswerSection section, double baseline, ObjectiveGoal goal)
    {
        JsonArray shapes = [];
        if (section.Range is { } range)
        {
            shapes.Add(new JsonObject
            {
                ["type"] = "rect",
                ["layer"] = "below",
                ["yref"] = "paper",
                ["y0"] = 0,
                ["y1"] = 1,
                ["x0"] = range.Low / Beside,
                ["x1"] = range.High * Beside,
                ["fillcolor"] = "#009e73",
                ["opacity"] = 0.1,
                ["line"] = new JsonObject { ["width"] = 0 },
            });
        }

        if (double.IsFinite(baseline))
        {
            // The baseline may be the outermost line: its label is on the side of the scores.
            var inside = goal == ObjectiveGoal.Minimize ? "top" : "bottom";
            shapes.Add(new JsonObject
            {
                ["type"] = "line",
                ["xref"] = "paper",
                ["x0"] = 0,
                ["x1"] = 1,
                ["y0"] = baseline,
                ["y1"] = baseline,
                ["line"] = new JsonObject { ["color"] = "#777777", ["dash"] = "dot", ["width"] = 1 },
                ["label"] = new JsonObject { ["text"] = "baseline", ["textposition"] = "end", ["yanchor"] = inside, ["font"] = new JsonObject { ["size"] = 10, ["color"] = "#777777" } },
            });
        }

        return shapes;
    }

    private static JsonObject Axis(string title, bool isLog) => new()
    {
        ["title"] = new JsonObject { ["text"] = title },
        ["type"] = isLog ? "log" : "linear",
        ["exponentformat"] = "power",
        ["gridcolor"] = "#eeeeee",
        ["automargin"] = true,
    };

    // Plotly's own range of a single rate on a log axis starts at that rate.
    private static JsonObject RateAxis(IReadOnlyList<RateVerdict> rates)
    {
        var axis = Axis("learning rate", isLog: true);
        var (low, high) = (Math.Log10(rates[0].Parameters.LearningRate), Math.Log10(rates[^1].Parameters.LearningRate));
        var room = Math.Max(0.2, 0.06 * (high - low));
        axis["range"] = Array([low - room, high + room]);
        return axis;
    }

    private static JsonObject Figure(JsonArray data, JsonObject layout)
    {
        layout["height"] = 340;
        layout["margin"] = new JsonObject { ["l"] = 60, ["r"] = 15, ["t"] = 10, ["b"] = 50 };
        layout["font"] = new JsonObject { ["family"] = "system-ui, sans-serif", ["size"] = 12 };
        return new JsonObject { ["data"] = data, ["layout"] = layout };
    }

    private static JsonArray Array(IEnumerable<double> values) => new([.. values.Select(JsonParts.Number)]);

    // From dark blue over green to yellow, as Matplotlib's viridis at five stops.
    private static string Shade(int index, int count)
    {
        (int R, int G, int B)[] stops = [(68, 1, 84), (59, 82, 139), (33, 145, 140), (94, 201, 98), (253, 231, 37)];
        var place = count == 1 ? 0 : (double)index / (count - 1) * (stops.Length - 1);
        var stop = Math.Min((int)place, stops.Length - 2);
        var share = place - stop;
        int Mix(int from, int to) => (int)Math.Round(from + (share * (to - from)));
        return FormattableString.Invariant(
            $"rgb({Mix(stops[stop].R, stops[stop + 1].R)},{Mix(stops[stop].G, stops[stop + 1].G)},{Mix(stops[stop].B, stops[stop + 1].B)})");
    }
}
