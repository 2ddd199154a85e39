using System.Globalization;

namespace CloudSweep.Core.Spec;

/// <summary>Numbers as sweep files write them, the same in YAML and JSON.</summary>
internal static class Parse
{
    /// <summary>A whole number, also written 1e3; null for anything else.</summary>
    public static long? Integer(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : Number(text) is { } real && real == Math.Floor(real) && Math.Abs(real) < 1L << 53 ? (long)real : null;

    /// <summary>A number; null for anything else. NaN and infinities are numbers here: rules refuse them with a better message.</summary>
    public static double? Number(string text) => text.ToUpperInvariant() switch
    {
        ".INF" or "+.INF" or "INF" or "INFINITY" => double.PositiveInfinity,
        "-.INF" or "-INF" or "-INFINITY" => double.NegativeInfinity,
        ".NAN" or "NAN" => double.NaN,
        _ => double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number) ? number : null,
    };
}
