using System.Text.Json;
using System.Text.Json.Nodes;
using CloudSweep.Cli.Results;
using CloudSweep.Core.Domain;
using CloudSweep.Protos.V1;

namespace CloudSweep.Cli.Output;

/// <summary>The lines of a sweep file that say what range tests proposed.</summary>
internal static class RangeLines
{
    private const int Rates = 16;

    /// <summary>Bounds of an optimizer cover all its combinations. Empty where nothing was proposed.</summary>
    public static IReadOnlyList<string> Of(IEnumerable<RangeProposal> ranges)
    {
        var optimizers = ranges.Where(range => range.State == RangeState.Proposed)
            .GroupBy(range => range.Parameters.OptimizerJson, StringComparer.Ordinal)
            .Select(group => (Optimizer: group.Key, Grid: Grid(group.Min(range => range.Low), group.Max(range => range.High))))
            .ToArray();
        return optimizers switch
        {
            [] => [],
            [var (_, grid)] => [$"learningRate: {grid}"],
            _ => ["optimizer:", .. optimizers.SelectMany(optimizer => Lines(optimizer.Optimizer, optimizer.Grid))],
        };
    }

    private static string Grid(double low, double high) => string.Create(
        System.Globalization.CultureInfo.InvariantCulture, $"{{ min: {Label.Rate(low)}, max: {Label.Rate(high)}, count: {Rates}, extendEdges: true }}");

    private static IEnumerable<string> Lines(string optimizerJson, string grid)
    {
        var optimizer = CanonicalJson.Read<OptimizerSettings>(optimizerJson);
        var usual = JsonNode.Parse(CanonicalJson.Write(optimizer.Usual()))!.AsObject();
        yield return $"  - kind: {optimizer.Kind}";
        foreach (var (key, value) in JsonNode.Parse(optimizerJson)!.AsObject().Where(constant => !JsonNode.DeepEquals(constant.Value, usual[constant.Key])))
        {
            yield return $"    {key}: {JsonSerializer.Serialize(value)}";
        }

        yield return $"    learningRate: {grid}";
    }
}
