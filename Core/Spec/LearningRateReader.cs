using CloudSweep.Core.Domain;

namespace CloudSweep.Core.Spec;

internal static class LearningRateReader
{
    private static readonly LearningRateGrid StandIn = new LearningRateGrid.List([0.1]);

    public static LearningRateGrid Read(SpecNode? node, string field, Findings findings)
    {
        switch (node)
        {
            case null:
                return StandIn;
            case SpecNode.Sequence sequence:
                var reader = new MapReader(new SpecNode.Map([], node.Line), field, findings, []);
                return new LearningRateGrid.List([.. sequence.Items.Select((item, index) => reader.Number(item, $"{field}[{index}]", 0.1 + index)).Order()]);
            case SpecNode.Scalar { IsQuoted: false } scalar when Parse.Number(scalar.Text) is { } rate:
                return new LearningRateGrid.List([rate]);
            default:
                return ReadGrid(node, field, findings);
        }
    }

    private static LearningRateGrid ReadGrid(SpecNode node, string field, Findings findings)
    {
        var map = new MapReader(node, field, findings, ["scale", "min", "max", "count"]);
        if (node is not SpecNode.Map)
        {
            return StandIn;
        }

        map.Require("min", "min: 1e-4");
        map.Require("max", "max: 1");
        map.Require("count", "count: 9");
        var scale = map.Choice("scale", GridScale.Log, GridScale.Log, GridScale.Linear);
        var (min, max, count) = (map.Number("min", 0.1), map.Number("max", 1), map.Integer("count", 2));
        return scale == GridScale.Log ? new LearningRateGrid.Log(min, max, count) : new LearningRateGrid.Linear(min, max, count);
    }

    private enum GridScale
    {
        Log,
        Linear,
    }
}
