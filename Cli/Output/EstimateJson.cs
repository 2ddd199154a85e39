using System.Text.Json.Nodes;
using CloudSweep.Cli.Estimation;

namespace CloudSweep.Cli.Output;

/// <summary>The plan of a sweep as one JSON document, for scripts.</summary>
internal static class EstimateJson
{
    public static JsonObject Of(string sweep, SweepEstimate estimate) => new()
    {
        ["schemaVersion"] = 1,
        ["sweep"] = sweep,
        ["trials"] = estimate.Trials,
        ["ramps"] = estimate.Ramps,
        ["jobs"] = estimate.Jobs,
        ["largestJob"] = estimate.LargestJob,
        ["shards"] = estimate.Shards,
        ["validationShards"] = estimate.ValidationShards,
        ["testShards"] = estimate.TestShards,
        ["storedBytes"] = estimate.StoredBytes,
        ["rows"] = estimate.Rows,
        ["features"] = estimate.Features,
        ["classes"] = estimate.Classes,
        ["parameters"] = Span(estimate.Parameters),
        ["stepsPerTrial"] = Span(estimate.StepsPerTrial),
        ["rungSteps"] = new JsonArray([.. estimate.RungSteps.Select(step => JsonValue.Create(step))]),
        ["shareOfRows"] = estimate.ShareOfRows,
        ["packedBy"] = estimate.By.ToString(),
        ["memory"] = new JsonObject
        {
            ["rows"] = estimate.Memory.Rows,
            ["lanes"] = estimate.Memory.Lanes,
            ["threads"] = estimate.Memory.Threads,
            ["snapshot"] = estimate.Memory.Snapshot,
            ["total"] = estimate.Memory.Total,
            ["ofSlot"] = estimate.Slots.MemoryBytes,
        },
        ["rowsPerSecond"] = estimate.RowsPerSecond,
        ["seconds"] = estimate.Time.TotalSeconds,
        ["exact"] = estimate.IsExact,
    };

    private static JsonObject Span(CountSpan span) => new() { ["least"] = span.Least, ["most"] = span.Most };
}
