using System.Text.Json.Nodes;
using CloudSweep.Cli.Results;

namespace CloudSweep.Cli.Report;

/// <summary>Pieces that charts share. Colours of text, grid and paper are the style sheet's, which has them for light, dark and print.</summary>
internal static class ChartParts
{
    public static JsonObject Figure(JsonArray data, JsonObject layout)
    {
        layout["height"] = 380;
        layout["margin"] = new JsonObject { ["l"] = 55, ["r"] = 12, ["t"] = 12, ["b"] = 45 };
        layout["font"] = new JsonObject { ["family"] = "system-ui, sans-serif", ["size"] = 12 };
        layout["paper_bgcolor"] = "rgba(0,0,0,0)";
        layout["plot_bgcolor"] = "rgba(0,0,0,0)";
        layout["hoverlabel"] = new JsonObject { ["bgcolor"] = "#ffffff", ["bordercolor"] = "#555555", ["align"] = "left" };
        return new JsonObject { ["data"] = data, ["layout"] = layout };
    }

    public static JsonObject Axis(string title, bool isLog) => new()
    {
        ["title"] = new JsonObject { ["text"] = title, ["standoff"] = 8 },
        ["type"] = isLog ? "log" : "linear",
        ["exponentformat"] = "power",
        ["automargin"] = true,
        ["zeroline"] = false,
    };

    public static JsonArray Array(IEnumerable<double> values) => new([.. values.Select(JsonParts.Number)]);
}
