using System.Text.Json.Nodes;
using CloudSweep.Core.Domain;
using CloudSweep.Protos.V1;

namespace CloudSweep.Cli.Results;

/// <summary>What range tests found, for <c>results.json</c> and <c>--output json</c>.</summary>
internal static class RangeJson
{
    /// <summary>Adds <c>rangeTest</c>; nothing where the sweep has none.</summary>
    public static void AddTo(JsonObject json, IReadOnlyCollection<RangeProposal> ranges, SweepSpec spec)
    {
        if (ranges.Count > 0)
        {
            json["rangeTest"] = new JsonArray([.. ranges.Select(range => Of(range, spec))]);
        }
    }

    private static JsonObject Of(RangeProposal range, SweepSpec spec)
    {
        var json = JsonParts.Parameters(range.Parameters, spec);
        json.Remove("learningRate");
        json.Remove("repeat");
        json.Remove("ramp");
        json["ramps"] = JsonParts.Integers(range.Ramps);
        json["state"] = range.State.ToString();
        json["low"] = range.Low;
        json["high"] = range.High;
        json["fallsAt"] = range.HasFallsAt ? JsonParts.Number(range.FallsAt) : null;
        json["blowsUpAt"] = range.HasBlowsUpAt ? JsonParts.Number(range.BlowsUpAt) : null;
        json["lowEvidence"] = range.LowEvidence;
        json["highEvidence"] = range.HighEvidence;
        json["reason"] = range.Reason;
        json["curve"] = new JsonArray([.. range.Curve.Select(point => new JsonObject
        {
            ["learningRate"] = point.Rate,
            ["loss"] = JsonParts.Number(point.Loss),
            ["standardError"] = JsonParts.Number(point.StandardError),
            ["blownUp"] = point.BlownUp,
        })]);
        return json;
    }
}
