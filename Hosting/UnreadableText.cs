using System.ComponentModel;
using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace CloudSweep.Hosting;

/// <summary>Finds settings whose text is no number, time or truth, where one is wanted.</summary>
internal static class UnreadableText
{
    /// <param name="settings">All settings.</param>
    /// <param name="wanted">Their keys and what the text of each has to be.</param>
    /// <returns>A sentence for each that can't be read.</returns>
    public static IReadOnlyList<string> In(IConfiguration settings, IEnumerable<(string Key, Type Type)> wanted) =>
    [
        .. from setting in wanted
           where settings[setting.Key] is { } text && !IsReadable(text, setting.Type)
           select $"{setting.Key} ('{settings[setting.Key]}') must be {KindOf(setting.Type)}.",
    ];

    // As the binder of options does.
    private static bool IsReadable(string text, Type type)
    {
        try
        {
            return type == typeof(string) || (text.Length == 0 && Nullable.GetUnderlyingType(type) is not null) || TypeDescriptor.GetConverter(type).ConvertFromString(null, CultureInfo.InvariantCulture, text) is not null;
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or OverflowException or NotSupportedException)
        {
            return false;
        }
    }

    private static string KindOf(Type type) => (Nullable.GetUnderlyingType(type) ?? type) switch
    {
        { IsEnum: true } kind => $"one of {string.Join(", ", Enum.GetNames(kind))}",
        var kind when kind == typeof(int) => $"a whole number of at most {int.MaxValue}, digits only",
        var kind when kind == typeof(long) => $"a whole number of at most {long.MaxValue}, digits only",
        var kind when kind == typeof(bool) => "true or false",
        var kind when kind == typeof(TimeSpan) => "a time such as 00:00:30 (hours, minutes, seconds)",
        var kind => $"a {kind.Name}",
    };
}
