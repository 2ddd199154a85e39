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
    private const string Varied = "optimizer.";

    /// <summary>
    /// Bounds of an optimizer cover all its combinations; those of the first are the file's. One that can't be told has the whole ramp, as its full trials would, so that the list replaces the file's.
    /// Empty where nothing was proposed.
    /// </summary>
    /// <param name="ranges">Of all combinations.</param>
    /// <param name="varied">The keys under <c>vary</c>: they stay there.</param>
    public static IReadOnlyList<string> Of(IReadOnlyCollection<RangeProposal> ranges, IEnumerable<string> varied)
    {
        string[] constants = [.. varied.Where(key => key.StartsWith(Varied, StringComparison.Ordinal)).Select(key => key[Varied.Length..])];
        if (ranges.All(range => range.State != RangeState.Proposed))
        {
            return [];
        }

        var optimizers = ranges.GroupBy(range => Without(constants, range.Parameters.OptimizerJson), StringComparer.Ordinal).ToArray();
        return optimizers is [var only]
            ? [$"learningRate: {Grid(only)}"]
            :
            [
                $"learningRate: {Grid(optimizers[0])}",
                "optimizer:",
                .. optimizers.SelectMany((optimizer, index) => Lines(optimizer.First(), constants, index == 0 ? null : Grid(optimizer))),
            ];
    }

    private static string Without(string[] constants, string optimizerJson)
    {
        var optimizer = JsonNode.Parse(optimizerJson)!.AsObject();
        Array.ForEach(constants, constant => optimizer.Remove(constant));
        return optimizer.ToJsonString();
    }

    private static string Grid(IEnumerable<RangeProposal> ranges)
    {
        var proposed = ranges.Where(range => range.State == RangeState.Proposed).ToArray();
        var (low, high) = proposed.Length > 0
            ? (proposed.Min(range => range.Low), proposed.Max(range => range.High))
            : (ranges.First().Parameters.Ramp.From, ranges.First().Parameters.LearningRate);
        return $"{{ min: {Label.Rate(low)}, max: {Label.Rate(high)}, count: {Rates.ToString(System.Globalization.CultureInfo.InvariantCulture)}, extendEdges: true }}";
    }

    private static IEnumerable<string> Lines(RangeProposal range, string[] constants, string? grid)
    {
        var optimizer = CanonicalJson.Read<OptimizerSettings>(range.Parameters.OptimizerJson);
        var usual = JsonNode.Parse(CanonicalJson.Write(optimizer.Usual()))!.AsObject();
        yield return $"  - kind: {optimizer.Kind}";
        foreach (var (key, value) in JsonNode.Parse(range.Parameters.OptimizerJson)!.AsObject().Where(constant => !constants.Contains(constant.Key) && !JsonNode.DeepEquals(constant.Value, usual[constant.Key])))
        {
            yield return $"    {key}: {JsonSerializer.Serialize(value)}";
        }

        if (grid is not null)
        {
            yield return $"    learningRate: {grid}";
        }
    }
}
