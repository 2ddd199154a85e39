using CloudSweep.Core.Domain;

namespace CloudSweep.Core.Spec;

internal static class ModelReader
{
    private const string Kinds = "linear, logistic, softmax or mlp";

    public static ModelSpec Read(MapReader file, Findings findings)
    {
        if (file.Require("model", "model: { kind: softmax } or model: { kind: mlp, hidden: [64] }") is not { } node)
        {
            return new ModelSpec.Softmax();
        }

        var map = new MapReader(node, "model", findings, ["kind", "hidden", "activation", "task"]);
        var kind = node is SpecNode.Map ? map.Require("kind", "kind: mlp") : null;
        switch (kind)
        {
            case SpecNode.Scalar { Text: "mlp" }:
                map.Require("hidden", "hidden: [64]");
                return new ModelSpec.Mlp(
                    Hidden(map),
                    map.Choice("activation", Activation.Relu, Activation.Relu, Activation.Tanh, Activation.Gelu),
                    map.Choice("task", LearningTask.Classification, LearningTask.Classification, LearningTask.Regression));
            case SpecNode.Scalar { Text: "linear" }:
                return WithoutLayers(new ModelSpec.Linear(), map, findings);
            case SpecNode.Scalar { Text: "logistic" }:
                return WithoutLayers(new ModelSpec.Logistic(), map, findings);
            case SpecNode.Scalar { Text: "softmax" }:
                return WithoutLayers(new ModelSpec.Softmax(), map, findings);
            case null:
                return new ModelSpec.Softmax();
            default:
                return map.Wrong("kind", kind, $"Expected {Kinds} (other models are not supported in this version)", new ModelSpec.Softmax());
        }
    }

    private static ModelSpec WithoutLayers(ModelSpec model, MapReader map, Findings findings)
    {
        foreach (var key in new[] { "hidden", "activation" })
        {
            if (map.Find(key) is { } node)
            {
                findings.Add(map.Field(key), $"A {model.Kind} model has no {key}. Remove the key, or use kind: mlp.", node.Line);
            }
        }

        if (map.Find("task") is { } task)
        {
            var predicts = model.Learns == LearningTask.Regression ? "a number" : "classes";
            findings.Add(map.Field("task"), $"A {model.Kind} model always predicts {predicts}. Remove the key, or use kind: mlp.", task.Line);
        }

        return model;
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
}
