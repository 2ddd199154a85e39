using CloudSweep.Core.Domain;

namespace CloudSweep.Core.Spec;

internal static class LearningRateReader
{
    private const string Auto = "auto";

    private const int UsualCount = 16;

    private static readonly string[] BoundKeys = ["min", "max", "seed"];

    private static readonly LearningRateGrid StandIn = new LearningRateGrid.List([0.1]);

    public static LearningRateGrid Read(SpecNode? node, string field, Findings findings)
    {
        switch (node)
        {
            case null:
                return StandIn;
            case SpecNode.Sequence sequence:
                return ReadList(sequence, field, findings);
            case SpecNode.Scalar { IsQuoted: false } scalar when Parse.Number(scalar.Text) is { } rate:
                return new LearningRateGrid.List([rate]);
            case SpecNode.Scalar { Text: Auto }:
                return new LearningRateGrid.Auto(UsualCount) { ExtendEdges = true };
            case SpecNode.Scalar scalar:
                findings.Add(field, $"Expected {{ min: 1e-4, max: 1, count: 9 }}, a list such as [0.01, 0.1], one rate or auto, found {MapReader.Describe(node)}.{MapReader.QuotesHint(node)}{KnownKinds.AdviceFor(scalar.Text, [Auto])}", node.Line);
                return StandIn;
            default:
                return ReadGrid(node, field, findings);
        }
    }

    // Unreadable items are left out, so that the rules still see the others.
    private static LearningRateGrid ReadList(SpecNode.Sequence sequence, string field, Findings findings)
    {
        var reader = new MapReader(new SpecNode.Map([], sequence.Line), "", findings, []);
        var rates = sequence.Items.Select((item, index) => reader.Number(item, reader.Item(field, index))).OfType<double>().Order().ToArray();
        return rates.Length == 0 && sequence.Items.Count > 0 ? StandIn : new LearningRateGrid.List(rates);
    }

    private static LearningRateGrid ReadGrid(SpecNode node, string field, Findings findings)
    {
        var map = new MapReader(node, field, findings, ["scale", "min", "max", "count", "seed", "extendEdges", "refine"]);
        if (node is not SpecNode.Map)
        {
            return StandIn;
        }

        var scale = map.Choice("scale", GridScale.Log, GridScale.Log, GridScale.Linear, GridScale.Random, GridScale.Auto);
        if (scale == GridScale.Auto)
        {
            return ReadAuto(map, findings);
        }

        map.Require("min", "min: 1e-4");
        map.Require("max", "max: 1");
        map.Require("count", "count: 9");
        if (map.Has("seed") && scale != GridScale.Random)
        {
            findings.Add(map.Field("seed"), "Has no use where rates are not drawn; remove it, or use scale: random.", map.Find("seed")!.Line);
        }

        var (min, max, count) = (map.Number("min", 0.1), map.Number("max", 1), map.Integer("count", 2));
        LearningRateGrid grid = scale switch
        {
            GridScale.Log => new LearningRateGrid.Log(min, max, count),
            GridScale.Linear => new LearningRateGrid.Linear(min, max, count),
            _ => new LearningRateGrid.Random(min, max, count, map.Integer64("seed", 1)),
        };
        return grid with { ExtendEdges = map.Flag("extendEdges") ?? false, Refine = map.Integer("refine", 0) };
    }

    private static LearningRateGrid.Auto ReadAuto(MapReader map, Findings findings)
    {
        foreach (var key in BoundKeys.Where(map.Has))
        {
            findings.Add(map.Field(key), "Has no use where a range test finds the rates; remove it, or use scale: log.", map.Find(key)!.Line);
        }

        var count = map.Integer("count", UsualCount);
        return new LearningRateGrid.Auto(count) { ExtendEdges = map.Flag("extendEdges") ?? count != 0, Refine = map.Integer("refine", 0) };
    }

    private enum GridScale
    {
        Log,
        Linear,
        Random,
        Auto,
    }
}
