using System.Globalization;

namespace CloudSweep.Cli.Output;

/// <summary>Times as people say them.</summary>
internal static class Duration
{
    public static string Text(TimeSpan time) => time switch
    {
        { TotalSeconds: < 10 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:F1} s"),
        { TotalMinutes: < 2 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:F0} s"),
        { TotalHours: < 2 } => string.Create(CultureInfo.InvariantCulture, $"{time.TotalMinutes:F0} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{time.TotalHours:F1} h"),
    };
}
