using System.Globalization;

namespace CloudSweep.StorageEmulator.Objects;

/// <summary>Values of a query; one that is missing or empty is null.</summary>
internal static class QueryValues
{
    public static string? Text(this IQueryCollection query, string name) => query[name].ToString() is { Length: > 0 } text ? text : null;

    /// <exception cref="ServiceException">It is no whole number.</exception>
    public static long? Number(this IQueryCollection query, string name) => ParseNumber(name, query.Text(name));

    /// <param name="name">What the number is called.</param>
    /// <param name="text">The number; null is none.</param>
    /// <exception cref="ServiceException">It is no whole number.</exception>
    public static long? ParseNumber(string name, string? text) =>
        text is null ? null
        : long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value
        : throw ServiceException.Invalid($"Invalid value '{text}' for {name}: it must be a whole number.");
}
