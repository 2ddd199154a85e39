using CloudSweep.Core.Domain;

namespace CloudSweep.Core.Spec;

internal static class OptimizerReader
{
    // The constants of each kind, and what they make. Defaults are the domain's.
    private static readonly Dictionary<string, (string[] Constants, Func<MapReader, OptimizerSettings> Make)> Kinds = new(StringComparer.Ordinal)
    {
        ["sgd"] = (["weightDecay"], Sgd),
        ["momentum"] = (["momentum", "dampening", "weightDecay"], HeavyBall),
        ["nesterov"] = (["momentum", "weightDecay"], Nesterov),
        ["adagrad"] = (["epsilon", "lrDecay", "initialAccumulator", "weightDecay"], AdaGrad),
        ["rmsprop"] = (["alpha", "epsilon", "momentum", "centered", "weightDecay"], RmsProp),
        ["adam"] = (["beta1", "beta2", "epsilon", "amsgrad", "weightDecay"], Adam),
        ["adamw"] = (["beta1", "beta2", "epsilon", "amsgrad", "weightDecay"], AdamW),
    };

    public static IReadOnlyList<OptimizerChoice> Read(MapReader file, Findings findings) => file.Require("optimizer", "optimizer: [sgd, adam]") switch
    {
        null => [new OptimizerChoice(new OptimizerSettings.Sgd(), null)],
        SpecNode.Sequence { Items.Count: > 1 } sequence => [.. sequence.Items.Select((item, index) => ReadOne(item, $"optimizer[{index}]", findings))],
        SpecNode.Sequence { Items: [var only] } => [ReadOne(only, "optimizer", findings)],
        SpecNode.Sequence => [],
        var node => [ReadOne(node, "optimizer", findings)],
    };

    /// <summary>Whether optimizers of this kind have the constant.</summary>
    public static bool HasConstant(string kind, string constant) =>
        Kinds.TryGetValue(kind, out var known) && known.Constants.Contains(constant, StringComparer.Ordinal);

    /// <summary>Kinds that the file lists, known or not.</summary>
    public static IEnumerable<string> KindsIn(SpecNode.Map file) => file.Entries
        .Where(entry => entry.Key == "optimizer")
        .SelectMany(entry => entry.Value is SpecNode.Sequence list ? list.Items : [entry.Value])
        .Select(KindOf)
        .OfType<string>();

    /// <summary>Kind of one listed optimizer; null without one.</summary>
    public static string? KindOf(SpecNode optimizer) =>
        ((optimizer is SpecNode.Map map ? map.Entries.FirstOrDefault(entry => entry.Key == "kind")?.Value : optimizer) as SpecNode.Scalar)?.Text;

    private static OptimizerChoice ReadOne(SpecNode node, string field, Findings findings)
    {
        findings.Locate(field, node.Line);
        var map = node as SpecNode.Map;
        var kindNode = map is null ? node : map.Entries.FirstOrDefault(entry => entry.Key == "kind")?.Value;
        var text = (kindNode as SpecNode.Scalar)?.Text ?? "";
        if (!Kinds.TryGetValue(text, out var kind))
        {
            var found = kindNode is null ? "no kind" : MapReader.Describe(kindNode);
            findings.Add(map is null ? field : $"{field}.kind", $"Expected {KnownKinds.List([.. Kinds.Keys])}, found {found}.{KnownKinds.AdviceFor(text, [.. Kinds.Keys])}", node.Line);
            return new OptimizerChoice(new OptimizerSettings.Sgd(), null);
        }

        var reader = new MapReader(map ?? new SpecNode.Map([], node.Line), field, findings, ["kind", .. kind.Constants, "learningRate"]);
        var settings = kind.Make(reader);
        return new OptimizerChoice(settings, reader.Has("learningRate") ? LearningRateReader.Read(reader.Find("learningRate"), $"{field}.learningRate", findings) : null);
    }

    private static OptimizerSettings.Sgd Sgd(MapReader map) => new(WeightDecay(map, new OptimizerSettings.Sgd().WeightDecay));

    private static OptimizerSettings.HeavyBall HeavyBall(MapReader map)
    {
        var usual = new OptimizerSettings.HeavyBall();
        return new OptimizerSettings.HeavyBall(map.Number("momentum", usual.Momentum), map.Number("dampening", usual.Dampening), WeightDecay(map, usual.WeightDecay));
    }

    private static OptimizerSettings.Nesterov Nesterov(MapReader map)
    {
        var usual = new OptimizerSettings.Nesterov();
        return new OptimizerSettings.Nesterov(map.Number("momentum", usual.Momentum), WeightDecay(map, usual.WeightDecay));
    }

    private static OptimizerSettings.AdaGrad AdaGrad(MapReader map)
    {
        var usual = new OptimizerSettings.AdaGrad();
        return new OptimizerSettings.AdaGrad(
            map.Number("epsilon", usual.Epsilon), map.Number("lrDecay", usual.LrDecay), map.Number("initialAccumulator", usual.InitialAccumulator), WeightDecay(map, usual.WeightDecay));
    }

    private static OptimizerSettings.RmsProp RmsProp(MapReader map)
    {
        var usual = new OptimizerSettings.RmsProp();
        return new OptimizerSettings.RmsProp(
            map.Number("alpha", usual.Alpha), map.Number("epsilon", usual.Epsilon), map.Number("momentum", usual.Momentum), map.Flag("centered") ?? usual.Centered, WeightDecay(map, usual.WeightDecay));
    }

    private static OptimizerSettings.Adam Adam(MapReader map)
    {
        var usual = new OptimizerSettings.Adam();
        return new OptimizerSettings.Adam(
            map.Number("beta1", usual.Beta1), map.Number("beta2", usual.Beta2), map.Number("epsilon", usual.Epsilon), map.Flag("amsgrad") ?? usual.Amsgrad, WeightDecay(map, usual.WeightDecay));
    }

    private static OptimizerSettings.AdamW AdamW(MapReader map)
    {
        var usual = new OptimizerSettings.AdamW();
        return new OptimizerSettings.AdamW(
            map.Number("beta1", usual.Beta1), map.Number("beta2", usual.Beta2), map.Number("epsilon", usual.Epsilon), map.Flag("amsgrad") ?? usual.Amsgrad, WeightDecay(map, usual.WeightDecay));
    }

    private static double WeightDecay(MapReader map, double usual) => map.Number("weightDecay", usual);
}
