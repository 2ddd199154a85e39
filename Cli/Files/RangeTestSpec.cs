using CloudSweep.Core.Domain;

namespace CloudSweep.Cli.Files;

/// <summary>The sweep that <c>cloudsweep range</c> makes of a sweep file: its range test and nothing else, whatever rates the file has.</summary>
internal static class RangeTestSpec
{
    private const string Suffix = "-range";
    private const int MaxNameLength = 63;

    public static SweepSpec Of(SweepSpec spec) => spec with
    {
        // A name of its own, so that lists tell it from the sweep itself.
        Name = spec.Name.Length + Suffix.Length > MaxNameLength || spec.Name.EndsWith(Suffix, StringComparison.Ordinal) ? spec.Name : spec.Name + Suffix,
        LearningRate = new LearningRateGrid.Auto(0),
        Optimizers = [.. spec.Optimizers.Select(choice => choice with { LearningRate = null })],
        Pruning = null,
    };
}
