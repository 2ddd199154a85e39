using CloudSweep.Core.Domain;

namespace CloudSweep.Core.Spec;

internal static class ScheduleReader
{
    // The constants of each kind, and what they make. Defaults are the domain's.
    private static readonly Dictionary<string, (string[] Constants, Func<MapReader, ScheduleSettings> Make)> Kinds = new(StringComparer.Ordinal)
    {
        ["constant"] = ([], _ => new ScheduleSettings.Constant()),
        ["step"] = (["everyEpochs", "gamma"], Step),
        ["exponential"] = (["gamma"], Exponential),
        ["polynomial"] = (["power"], map => new ScheduleSettings.Polynomial(map.Number("power", new ScheduleSettings.Polynomial().Power))),
        ["cosine"] = (["minimumRate"], map => new ScheduleSettings.Cosine(map.Number("minimumRate", new ScheduleSettings.Cosine().MinimumRate))),
        ["warmupCosine"] = (["warmupFraction", "startFactor", "minimumRate"], WarmupCosine),
        ["oneCycle"] = (["warmupFraction", "divFactor", "finalDivFactor"], OneCycle),
    };

    public static IReadOnlyList<ScheduleSettings> Read(MapReader file, Findings findings) => file.Find("schedule") switch
    {
        null => [new ScheduleSettings.Constant()],
        SpecNode.Sequence { Items.Count: > 1 } sequence => [.. sequence.Items.Select((item, index) => ReadOne(item, $"schedule[{index}]", findings))],
        SpecNode.Sequence { Items: [var only] } => [ReadOne(only, "schedule", findings)],
        SpecNode.Sequence => [],
        var node => [ReadOne(node, "schedule", findings)],
    };

    private static ScheduleSettings ReadOne(SpecNode node, string field, Findings findings)
    {
        findings.Locate(field, node.Line);
        var map = node as SpecNode.Map;
        var kindNode = map is null ? node : map.Entries.FirstOrDefault(entry => entry.Key == "kind")?.Value;
        var text = (kindNode as SpecNode.Scalar)?.Text ?? "";
        if (Kinds.TryGetValue(text, out var kind))
        {
            return kind.Make(new MapReader(map ?? new SpecNode.Map([], node.Line), field, findings, ["kind", .. kind.Constants]));
        }

        var found = kindNode is null ? "no kind" : MapReader.Describe(kindNode);
        findings.Add(map is null ? field : $"{field}.kind", $"Expected {KnownKinds.List([.. Kinds.Keys])}, found {found}.{KnownKinds.AdviceFor(text, [.. Kinds.Keys])}", node.Line);
        return new ScheduleSettings.Constant();
    }

    private static ScheduleSettings.Step Step(MapReader map)
    {
        map.Require("everyEpochs", "schedule: { kind: step, everyEpochs: 10, gamma: 0.1 }");
        return new ScheduleSettings.Step(map.Integer("everyEpochs", 1), map.Number("gamma", new ScheduleSettings.Step(1).Gamma));
    }

    private static ScheduleSettings.Exponential Exponential(MapReader map)
    {
        map.Require("gamma", "schedule: { kind: exponential, gamma: 0.95 }");
        return new ScheduleSettings.Exponential(map.Number("gamma", 1));
    }

    private static ScheduleSettings.WarmupCosine WarmupCosine(MapReader map)
    {
        var usual = new ScheduleSettings.WarmupCosine();
        return new ScheduleSettings.WarmupCosine(
            map.Number("warmupFraction", usual.WarmupFraction), map.Number("startFactor", usual.StartFactor), map.Number("minimumRate", usual.MinimumRate));
    }

    private static ScheduleSettings.OneCycle OneCycle(MapReader map)
    {
        var usual = new ScheduleSettings.OneCycle();
        return new ScheduleSettings.OneCycle(
            map.Number("warmupFraction", usual.WarmupFraction), map.Number("divFactor", usual.DivFactor), map.Number("finalDivFactor", usual.FinalDivFactor));
    }
}
