using System.Globalization;
using CloudSweep.Cli.Output;

namespace CloudSweep.Cli.Generation;

/// <summary>What was written, and the part of a sweep file that reads it.</summary>
internal static class GenerateSummary
{
    private const double BytesPerMegabyte = 1e6;

    public static string Text(GeneratePlan plan, long bytes, int replaced, TimeSpan elapsed)
    {
        var settings = plan.Dataset;
        var label = settings.HasClasses ? Invariant($"a class from 0 to {settings.Classes - 1}") : "a number";
        var earlier = replaced > 0 ? Invariant($"\nReplaced {replaced} earlier shards.") : "";
        return Invariant($"""
            Wrote {settings.Rows:N0} rows of {settings.Features:N0} features and a label ({label}) in {plan.Cut.Shards} shards, {bytes / BytesPerMegabyte:N1} MB, in {Duration.Text(elapsed)}.{earlier}

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

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
