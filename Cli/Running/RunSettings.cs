using CloudSweep.Cli.Reproduction;

namespace CloudSweep.Cli.Running;

/// <summary>What `run` or `range` was asked for.</summary>
/// <param name="File">Sweep file.</param>
/// <param name="State">State folder.</param>
/// <param name="IsFresh">Start over, even where the same sweep has been run.</param>
/// <param name="IsJson">Print one JSON document instead of text.</param>
/// <param name="Slots">Jobs at once, 1 to 64.</param>
/// <param name="Threads">Training threads, 1 to 1024.</param>
/// <param name="Export">Trial to export at the end, unread.</param>
internal sealed record RunSettings(string File, string State, bool IsFresh, bool IsJson, int Slots, int Threads, ExportArguments Export)
{
    /// <summary>Only the range test of the file.</summary>
    public bool IsRangeTest { get; init; }
}
