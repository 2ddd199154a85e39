using System.Globalization;
using CloudSweep.Worker.Execution;

namespace CloudSweep.Cli.Output;

/// <summary>What a Worker may take of its machine, at most 80 columns but for the folder.</summary>
internal static class BoundsText
{
    public static IReadOnlyList<string> Lines(ResourceBounds bounds) =>
    [
        string.Create(
            CultureInfo.InvariantCulture,
            $"Uses {Count(bounds.Slots * bounds.ThreadsPerSlot, "thread")} for {Count(bounds.Slots, "job")} at once; a job holds at most {ByteSize.Text(bounds.RowBytes)} of rows,"),
        $"and its models; blocks of rows are kept in {Shown(bounds.CacheDirectory)}, at most {ByteSize.Text(bounds.CacheBytes)}.",
    ];

    private static string Count(int count, string name) => string.Create(CultureInfo.InvariantCulture, $"{count} {name}{(count == 1 ? "" : "s")}");

    /// <summary>As seen from the working folder where it is below it.</summary>
    private static string Shown(string folder)
    {
        var relative = Path.GetRelativePath(Directory.GetCurrentDirectory(), folder);
        return relative.StartsWith("..", StringComparison.Ordinal) ? folder : relative;
    }
}
