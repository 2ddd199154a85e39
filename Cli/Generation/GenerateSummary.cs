using CloudSweep.Cli.Output;
using static System.FormattableString;

namespace CloudSweep.Cli.Generation;

/// <summary>What was written, and the part of a sweep file that reads it.</summary>
internal static class GenerateSummary
{
    public static string Text(GeneratePlan plan, long bytes, int replaced, TimeSpan elapsed)
    {
        var settings = plan.Dataset;
        var label = settings.HasClasses ? Invariant($"a class from 0 to {settings.Classes - 1}") : "a number";
        var earlier = replaced > 0 ? Invariant($"\nReplaced {Count(replaced, "earlier shard")}.") : "";
        var numbers = settings.HasClasses ? "" : "\nModels that predict it: { kind: linear } and { kind: mlp, hidden: [32], task: regression }.";
        return Invariant($"""
            Wrote {Count(settings.Rows, "row")} of {Count(settings.Features, "feature")} and a label ({label}) in {Count(plan.Cut.Shards, "shard")}, {ByteSize.Text(bytes)}, in {Duration.Text(elapsed)}.{earlier}{numbers}

            For the sweep file:

            {DataBlock(plan)}
            """);
    }

    public static string DataBlock(GeneratePlan plan)
    {
        var pattern = Path.Combine(Path.GetFullPath(plan.Folder), plan.Cut.Pattern);
        return $$"""
            data:
              train: "{{pattern.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}}"
              label: label
              validation: { fraction: 0.2 }
            """;
    }

    private static string Count(long count, string name) => Invariant($"{count:N0} {name}{(count == 1 ? "" : "s")}");
}
