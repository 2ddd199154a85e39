using System.Text.Json.Nodes;
using CloudSweep.Cli.Results;
using CloudSweep.Protos.V1;
using Measurement = CloudSweep.Protos.V1.Measurement;

namespace CloudSweep.Cli.Report;

/// <summary>Training loss over steps, a line per rate of its first repeat: colour by rate, dashes by verdict, the recommended one thick.</summary>
internal static class LossChart
{
    private const int MaxNamed = 16;

    public static JsonObject Of(SweepResult result, AnswerSection section)
    {
        var windows = result.Measurements.Where(measurement => measurement.KindCase == Measurement.KindOneofCase.LossWindow && section.Has(measurement.Trial)).ToLookup(measurement => measurement.Trial);
        var every = (section.Rates.Count + MaxNamed - 1) / MaxNamed;
        JsonArray data = [];
        for (var index = 0; index < section.Rates.Count; index++)
        {
            var rate = section.Rates[index];
            var isTaken = rate.Trials.Any(trial => trial == result.Answer.Recommended?.Trial.Number);
            data.Add(Curve(rate, [.. windows[rate.Trials[0]]], Shade(index, section.Rates.Count), isTaken, isNamed: isTaken || index % every == 0));
        }

        var yaxis = ChartParts.Axis("training loss", isLog: true);
        double[] shown = [.. section.Rates.Where(rate => rate.Verdict != VerdictKind.Diverged).SelectMany(rate => windows[rate.Trials[0]]).Select(window => window.LossWindow.Mean).Where(loss => double.IsFinite(loss) && loss > 0)];
        if (shown.Length > 0)
        {
            // What blew up leaves the chart at its top, where it would flatten all others.
            yaxis["range"] = ChartParts.Array([Math.Log10(shown.Min()) - 0.15, Math.Log10(shown.Max()) + 0.5]);
            yaxis["dtick"] = Math.Log10(shown.Max() / shown.Min()) switch { > 8 => 3, > 1.2 => 1, _ => "D2" };
        }

        return ChartParts.Figure(data, new JsonObject
        {
            ["xaxis"] = ChartParts.Axis("optimizer step", isLog: false),
            ["yaxis"] = yaxis,
            ["showlegend"] = true,
            ["legend"] = new JsonObject { ["font"] = new JsonObject { ["size"] = 10 }, ["traceorder"] = "reversed", ["y"] = 1, ["yanchor"] = "top", ["bgcolor"] = "rgba(0,0,0,0)" },
        });
    }

    private static JsonObject Curve(RateVerdict rate, Measurement[] windows, string colour, bool isTaken, bool isNamed) => new()
    {
        ["type"] = "scatter",
        ["mode"] = "lines",
        ["name"] = Label.Rate(rate.Parameters.LearningRate),
        ["x"] = ChartParts.Array(windows.Select(window => (double)window.Step)),
        ["y"] = ChartParts.Array(windows.Select(window => window.LossWindow.Mean)),
        ["line"] = new JsonObject { ["color"] = colour, ["width"] = isTaken ? 4 : 1.6, ["dash"] = VerdictStyle.Of(rate.Verdict).Dash },
        ["showlegend"] = isNamed,
        ["hovertemplate"] = $"{Label.Rate(rate.Parameters.LearningRate)} ({rate.Verdict})<br>step %{{x}}: loss %{{y:.4g}}<extra></extra>",
    };

    // From blue over green to red, all of a lightness that stands out from white and from black.
    private static string Shade(int index, int count)
    {
        (int R, int G, int B)[] stops = [(88, 92, 214), (0, 120, 190), (0, 135, 125), (94, 130, 30), (184, 110, 0), (214, 70, 60)];
        var place = count == 1 ? 0 : (double)index / (count - 1) * (stops.Length - 1);
        var stop = Math.Min((int)place, stops.Length - 2);
        var share = place - stop;
        int Mix(int from, int to) => (int)Math.Round(from + (share * (to - from)));
        return FormattableString.Invariant(
            $"rgb({Mix(stops[stop].R, stops[stop + 1].R)},{Mix(stops[stop].G, stops[stop + 1].G)},{Mix(stops[stop].B, stops[stop + 1].B)})");
    }
}
