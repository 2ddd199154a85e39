using static System.FormattableString;

namespace CloudSweep.Cli.Output;

/// <summary>Sizes as people say them, in decimal units.</summary>
internal static class ByteSize
{
    public static string Text(long bytes) => bytes switch
    {
        >= 1_000_000_000 => Invariant($"{bytes / 1e9:F1} GB"),
        >= 1_000_000 => Invariant($"{bytes / 1e6:F1} MB"),
        >= 1_000 => Invariant($"{bytes / 1e3:F1} kB"),
        _ => Invariant($"{bytes} bytes"),
    };
}
