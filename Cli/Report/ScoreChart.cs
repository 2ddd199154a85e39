using System.Net;
using System.Text.Json.Nodes;
using CloudSweep.Cli.Results;
using CloudSweep.Core.Domain;
using CloudSweep.Protos.V1;

namespace CloudSweep.Cli.Report;

/// <summary>
/// Score against learning rate as a Plotly figure (https://plotly.com/javascript/reference): log axis, verdicts by shape, letter and colour, stable range shaded,
/// baseline dotted. Losses and errors have a log axis; an accuracy or area is a share of at most 1, of which a logarithm would hide what matters.
/// </summary>
internal static class ScoreChart
{
    // So far does the shade of the stable range reach beyond its ends: also a range of one rate is seen.
    private const double Beside = 1.1;

    // On a log axis the lower end of a bar may be anywhere down to 0: so far down from the lowest score it is shown.
    private const double ShortestBar = 0.3;

    // More markers are too near to each other to hold letters.
    private const int MaxLetters = 24;

    public static JsonObject Of(SweepResult result, AnswerSection section)
    {
        var (metric, baseline) = (result.Spec.Objective.Metric, result.Answer.Baseline);
        double[] scores = [.. section.Rates.Select(rate => rate.Mean).Where(double.IsFinite)];
        var isLog = metric is not (MetricNames.ValidationAccuracy or MetricNames.ValidationAuc) && scores.All(score => score > 0);
        var bars = section.Rates.Where(rate => double.IsFinite(rate.Mean) && double.IsFinite(rate.StandardError)).SelectMany(rate => new[] { rate.Mean - rate.StandardError, rate.Mean + rate.StandardError });
        double[] shown = [.. scores, .. bars.Where(end => !isLog || end > ShortestBar * scores.Min()), .. double.IsFinite(baseline) && (!isLog || baseline > 0) ? [baseline] : Array.Empty<double>()];
        var scale = new ScoreScale(isLog, result.Spec.Objective.Goal, shown, hasUnscored: scores.Length < section.Rates.Count);
        JsonArray data = [Line([.. section.Rates.Where(rate => double.IsFinite(rate.Mean))])];
        foreach (var kind in VerdictStyle.All.Where(kind => section.Rates.Any(rate => rate.Verdict == kind)))
        {
            data.Add(Markers(kind, [.. section.Rates.Where(rate => rate.Verdict == kind)], scale, section.Rates.Count <= MaxLetters));
        }

        var yaxis = ChartParts.Axis(metric, isLog);
        yaxis["range"] = ChartParts.Array(scale.Range);
        if (isLog)
        {
            // Over decades one tick each is enough; within one, 2 and 5 help.
            yaxis["dtick"] = scale.Range[1] - scale.Range[0] > 1.5 ? 1 : "D2";
        }

        return ChartParts.Figure(data, new JsonObject
        {
            ["xaxis"] = RateAxis(section.Rates),
            ["yaxis"] = yaxis,
            ["shapes"] = Shapes(section, baseline, scale),
            ["annotations"] = Annotations(result, section, scale),
            ["showlegend"] = false,
        });
    }

    private static JsonObject Line(RateVerdict[] rates) => new()
    {
        ["type"] = "scatter",
        ["mode"] = "lines",
        ["x"] = ChartParts.Array(rates.Select(rate => rate.Parameters.LearningRate)),
        ["y"] = ChartParts.Array(rates.Select(rate => rate.Mean)),
        ["line"] = new JsonObject { ["color"] = "#8a8a8a", ["width"] = 1 },
        ["hoverinfo"] = "skip",
    };

    private static JsonObject Markers(VerdictKind kind, RateVerdict[] rates, ScoreScale scale, bool hasLetters)
    {
        var style = VerdictStyle.Of(kind);
        return new JsonObject
        {
            ["type"] = "scatter",
            ["mode"] = hasLetters ? "markers+text" : "markers",
            ["name"] = kind.ToString(),
            ["x"] = ChartParts.Array(rates.Select(rate => rate.Parameters.LearningRate)),
            ["y"] = ChartParts.Array(rates.Select(rate => double.IsFinite(rate.Mean) ? rate.Mean : scale.Unscored)),
            ["error_y"] = new JsonObject
            {
                ["type"] = "data",
                ["array"] = ChartParts.Array(rates.Select(rate => double.IsFinite(rate.Mean) && double.IsFinite(rate.StandardError) ? rate.StandardError : 0)),
                ["thickness"] = 1.5,
                ["width"] = 4,
                ["color"] = style.Colour,
            },
            ["text"] = new JsonArray([.. rates.Select(_ => JsonValue.Create(style.Letter))]),
            ["textposition"] = "middle center",
            ["textfont"] = new JsonObject { ["size"] = 9, ["color"] = "#ffffff" },
            ["hovertext"] = new JsonArray([.. rates.Select(rate => JsonValue.Create(Hover(rate)))]),
            ["hovertemplate"] = "%{hovertext}<extra></extra>",
            ["marker"] = new JsonObject { ["color"] = style.Colour, ["symbol"] = style.Symbol, ["size"] = hasLetters ? kind is VerdictKind.TooSlow or VerdictKind.TooLarge or VerdictKind.Oscillating ? 18 : 14 : 9, ["opacity"] = 1 },
        };
    }

    // Plotly reads some HTML in hover texts.
    private static string Hover(RateVerdict rate) =>
        $"<b>{Label.Rate(rate.Parameters.LearningRate)}</b>: {rate.Verdict}<br>{(double.IsFinite(rate.Mean) ? $"{Label.Number(rate.Mean)} ± {Label.Error(rate.StandardError)}" : "no score")}<br>{WebUtility.HtmlEncode(rate.Evidence)}";

    private static JsonArray Annotations(SweepResult result, AnswerSection section, ScoreScale scale)
    {
        JsonArray annotations = [];
        if (scale.HasUnscored)
        {
            annotations.Add(Text("no score", 0.01, scale.Unscored, scale, "paper", "left", 13));
        }

        if (section.Rates.FirstOrDefault(rate => rate.Trials.Any(trial => trial == result.Answer.Recommended?.Trial.Number)) is { } taken)
        {
            annotations.Add(new JsonObject
            {
                ["text"] = "<b>take</b>",
                ["x"] = Math.Log10(taken.Parameters.LearningRate),
                ["y"] = scale.Place(taken.Mean),
                ["showarrow"] = true,
                ["arrowhead"] = 2,
                ["arrowwidth"] = 1.5,
                ["arrowcolor"] = "#808080",
                ["standoff"] = 9,
                ["ax"] = 0,
                ["ay"] = scale.IsLow ? -58 : 58,
            });
        }

        return annotations;
    }

    private static JsonObject Text(string text, double x, double y, ScoreScale scale, string xref, string anchor, int shift) => new()
    {
        ["text"] = text,
        ["x"] = x,
        ["xref"] = xref,
        ["y"] = scale.Place(y),
        ["xanchor"] = anchor,
        ["yshift"] = shift,
        ["showarrow"] = false,
        ["font"] = new JsonObject { ["size"] = 11 },
    };

    private static JsonArray Shapes(AnswerSection section, double baseline, ScoreScale scale)
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
                ["opacity"] = 0.14,
                ["line"] = new JsonObject { ["width"] = 0 },
            });
        }

        if (double.IsFinite(baseline) && (baseline > 0 || !scale.IsLog))
        {
            shapes.Add(new JsonObject
            {
                ["type"] = "line",
                ["layer"] = "below",
                ["xref"] = "paper",
                ["x0"] = 0,
                ["x1"] = 1,
                ["y0"] = baseline,
                ["y1"] = baseline,
                ["line"] = new JsonObject { ["color"] = "#808080", ["dash"] = "dot", ["width"] = 1.5 },
                ["label"] = new JsonObject { ["text"] = "baseline", ["textposition"] = "end", ["yanchor"] = scale.IsLow ? "top" : "bottom", ["font"] = new JsonObject { ["size"] = 11 } },
            });
        }

        return shapes;
    }

    // Plotly's own range of a single rate on a log axis starts at that rate.
    private static JsonObject RateAxis(IReadOnlyList<RateVerdict> rates)
    {
        var axis = ChartParts.Axis("learning rate", isLog: true);
        var (low, high) = (Math.Log10(rates[0].Parameters.LearningRate), Math.Log10(rates[^1].Parameters.LearningRate));
        var room = Math.Max(0.2, 0.06 * (high - low));
        axis["range"] = ChartParts.Array([low - room, high + room]);
        return axis;
    }
}
