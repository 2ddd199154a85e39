using CloudSweep.Core.Domain;

namespace CloudSweep.Core.Spec;

internal static class ModelReader
{
    public static ModelSpec Read(MapReader file, Findings findings)
    {
        if (file.Require("model", "model: { kind: softmax } or model: { kind: mlp, hidden: [64] }") is not { } node)
        {
            return new ModelSpec.Softmax();
        }

        var map = new MapReader(node, "model", findings, ["kind", "hidden", "activation"]);
        switch (node is SpecNode.Map ? map.Require("kind", "kind: mlp") : null)
        {
            case SpecNode.Scalar { Text: "mlp" }:
                map.Require("hidden", "hidden: [64]");
                return new ModelSpec.Mlp(Hidden(map), map.Choice("activation", Activation.Relu, Activation.Relu, Activation.Tanh));
            case SpecNode.Scalar { Text: "softmax" }:
                Refuse(map, "hidden", findings);
                Refuse(map, "activation", findings);
                return new ModelSpec.Softmax();
            case null:
                return new ModelSpec.Softmax();
            case var kind:
                return map.Wrong("kind", kind, "Expected softmax or mlp (other models are not supported in this version)", new ModelSpec.Softmax());
        }
    }

    private static IReadOnlyList<int> Hidden(MapReader map)
    {
        const string Expectation = "Expected a list of unit counts such as [64] or [128, 64]";
        return map.Find("hidden") switch
        {
            null => [1],
            SpecNode.Sequence sequence => [.. sequence.Items.Select((item, index) => map.Integer(item, map.Item("hidden", index)) ?? 1)],
            var node => map.Wrong<IReadOnlyList<int>>("hidden", node, Expectation, [1]),
        };
    }

    private static void Refuse(MapReader map, string key, Findings findings)
    {
        if (map.Find(key) is { } node)
        {
            findings.Add(map.Field(key), $"A softmax model has no {key}. Remove the key, or use kind: mlp.", node.Line);
        }
    }
}
