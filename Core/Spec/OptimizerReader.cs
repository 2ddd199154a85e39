using CloudSweep.Core.Domain;

namespace CloudSweep.Core.Spec;

internal static class OptimizerReader
{
    private static readonly Dictionary<string, string[]> ConstantsOf = new(StringComparer.Ordinal)
    {
        ["sgd"] = [],
        ["adagrad"] = ["epsilon"],
        ["rmsprop"] = ["alpha", "epsilon"],
        ["adam"] = ["beta1", "beta2", "epsilon"],
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
        ConstantsOf.TryGetValue(kind, out var constants) && constants.Contains(constant, StringComparer.Ordinal);

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
        var kind = (kindNode as SpecNode.Scalar)?.Text ?? "";
        if (!ConstantsOf.TryGetValue(kind, out var constants))
        {
            var found = kindNode is null ? "no kind" : MapReader.Describe(kindNode);
            findings.Add(map is null ? field : $"{field}.kind", $"Expected sgd, adagrad, rmsprop or adam (others are not supported in this version), found {found}.", node.Line);
            return new OptimizerChoice(new OptimizerSettings.Sgd(), null);
        }

        var reader = new MapReader(map ?? new SpecNode.Map([], node.Line), field, findings, ["kind", .. constants, "learningRate"]);
        OptimizerSettings settings = kind switch
        {
            "adagrad" => new OptimizerSettings.AdaGrad(reader.Number("epsilon", 1e-10)),
            "rmsprop" => new OptimizerSettings.RmsProp(reader.Number("alpha", 0.99), reader.Number("epsilon", 1e-8)),
            "adam" => new OptimizerSettings.Adam(reader.Number("beta1", 0.9), reader.Number("beta2", 0.999), reader.Number("epsilon", 1e-8)),
            _ => new OptimizerSettings.Sgd(),
        };
        return new OptimizerChoice(settings, reader.Has("learningRate") ? LearningRateReader.Read(reader.Find("learningRate"), $"{field}.learningRate", findings) : null);
    }
}
