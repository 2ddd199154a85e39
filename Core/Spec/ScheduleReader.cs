using CloudSweep.Core.Domain;

namespace CloudSweep.Core.Spec;

internal static class ScheduleReader
{
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
        var reader = (string[] keys) => new MapReader(map ?? new SpecNode.Map([], node.Line), field, findings, keys);
        switch ((kindNode as SpecNode.Scalar)?.Text)
        {
            case "constant":
                _ = reader(["kind"]);
                return new ScheduleSettings.Constant();
            case "step":
                var step = reader(["kind", "everyEpochs", "gamma"]);
                step.Require("everyEpochs", "schedule: { kind: step, everyEpochs: 10, gamma: 0.1 }");
                return new ScheduleSettings.Step(step.Integer("everyEpochs", 1), step.Number("gamma", 0.1));
            case "cosine":
                return new ScheduleSettings.Cosine(reader(["kind", "minimumRate"]).Number("minimumRate", 0));
            default:
                var found = kindNode is null ? "no kind" : MapReader.Describe(kindNode);
                findings.Add(map is null ? field : $"{field}.kind", $"Expected constant, step or cosine (others are not supported in this version), found {found}.", node.Line);
                return new ScheduleSettings.Constant();
        }
    }
}
