using System.Globalization;

namespace CloudSweep.Cli.Results;

/// <summary>Numbers as files have them: every digit, no culture.</summary>
internal static class Invariant
{
    public static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    public static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);
}
