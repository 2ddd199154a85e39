using CloudSweep.Core.Domain;

namespace CloudSweep.Core.Spec;

internal static class PruningReader
{
    private const string Halving = "successiveHalving";
    private const string None = "none";
    private const string Expected = "Expected successiveHalving, { kind: successiveHalving, reductionFactor: 4 } or none";

    private static readonly Dictionary<string, string> Foreign = new(StringComparer.OrdinalIgnoreCase)
    {
        ["hyperband"] = "Hyperband is not supported in this version; its inner loop is successiveHalving.",
        ["asha"] = "ASHA is successiveHalving here: across jobs it decides asynchronously.",
        ["AsyncHyperBandScheduler"] = "ASHA is successiveHalving here: across jobs it decides asynchronously.",
        ["SuccessiveHalvingPruner"] = "Optuna's SuccessiveHalvingPruner is successiveHalving here.",
        ["successive_halving"] = "successive_halving is successiveHalving here.",
        ["halving"] = "halving is successiveHalving here.",
        ["median"] = "Median rules are not supported in this version; use successiveHalving.",
        ["medianstop"] = "Katib's medianstop is not supported in this version; use successiveHalving.",
    };

    public static PruningSpec? Read(MapReader file, Findings findings)
    {
        switch (file.Find("pruning"))
        {
            case null:
                return null;
            case SpecNode.Scalar scalar:
                return Kind(scalar, "pruning", findings) ? new PruningSpec.SuccessiveHalving() : null;
            case SpecNode.Map map:
                return ReadMap(map, findings);
            case var node:
                return file.Wrong<PruningSpec?>("pruning", node, Expected, null);
        }
    }

    private static PruningSpec.SuccessiveHalving? ReadMap(SpecNode.Map node, Findings findings)
    {
        var map = new MapReader(node, "pruning", findings, ["kind", "reductionFactor"]);
        if (map.Require("kind", "kind: successiveHalving") is not { } kind)
        {
            return null;
        }

        var factor = map.Integer("reductionFactor", new PruningSpec.SuccessiveHalving().ReductionFactor);
        if (Kind(kind, "pruning.kind", findings))
        {
            return new PruningSpec.SuccessiveHalving(factor);
        }

        if (map.Has("reductionFactor") && kind is SpecNode.Scalar { Text: None })
        {
            findings.Add("pruning.reductionFactor", "Has no use where nothing is pruned; remove it, or use kind: successiveHalving.", map.Find("reductionFactor")!.Line);
        }

        return null;
    }

    /// <summary>Whether it names successive halving; anything but that and <c>none</c> is told.</summary>
    private static bool Kind(SpecNode node, string field, Findings findings)
    {
        findings.Locate(field, node.Line);
        var text = (node as SpecNode.Scalar)?.Text ?? "";
        if (text is not (Halving or None))
        {
            var advice = Foreign.TryGetValue(text, out var foreign) ? $" {foreign}" : KnownKinds.AdviceFor(text, [Halving, None]);
            findings.Add(field, $"{(field == "pruning" ? Expected : "Expected successiveHalving or none")}, found {MapReader.Describe(node)}.{advice}", node.Line);
        }

        return text == Halving;
    }
}
