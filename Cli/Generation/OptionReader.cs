using System.Globalization;

namespace CloudSweep.Cli.Generation;

/// <summary>Reads one option at a time; a value that breaks its rule becomes a mistake and null.</summary>
internal sealed class OptionReader(GenerateArguments arguments, GenerateMistakes mistakes)
{
    public bool IsGiven(string name) => arguments.Options.ContainsKey(name);

    /// <summary>A whole number, also written as 1e8 or 100_000_000.</summary>
    /// <param name="name">The option.</param>
    /// <param name="min">Smallest allowed.</param>
    /// <param name="max">Largest allowed.</param>
    /// <param name="value">Taken when the option is not given; null = the option is required.</param>
    public long? Whole(string name, long min, long max, long? value)
    {
        if (!TryText(name, value is null ? FormattableString.Invariant($"give a whole number from {min} to {max}, such as {name} 1000") : null, out var text))
        {
            return value;
        }

        if (decimal.TryParse(text.Replace("_", "", StringComparison.Ordinal), NumberStyles.AllowLeadingSign | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number)
            && number == decimal.Truncate(number) && number >= min && number <= max)
        {
            return (long)number;
        }

        mistakes.Add($"{name} '{text}' is not a whole number from {min} to {max}; give one, such as {Math.Clamp(value ?? 1000, min, max)}.");
        return null;
    }

    public double? Number(string name, double max, double value)
    {
        if (!TryText(name, required: null, out var text))
        {
            return value;
        }

        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= 0 && number <= max)
        {
            return number;
        }

        mistakes.Add($"{name} '{text}' is not a number from 0 to {max}; give one, such as {value}.");
        return null;
    }

    public T? Choice<T>(string name)
        where T : struct, Enum
    {
        var names = Array.ConvertAll(Enum.GetNames<T>(), choice => choice.ToLowerInvariant());
        var allowed = $"{string.Join(", ", names[..^1])} or {names[^1]}";
        if (!TryText(name, $"give {name} {allowed}", out var text))
        {
            return null;
        }

        var index = Array.IndexOf(names, text);
        if (index >= 0)
        {
            return Enum.GetValues<T>()[index];
        }

        mistakes.Add($"{name} '{text}' is not known; give {allowed}.");
        return null;
    }

    private bool TryText(string name, string? required, out string text)
    {
        text = "";
        if (!arguments.Options.TryGetValue(name, out var values))
        {
            if (required is not null)
            {
                mistakes.Add($"{name} is missing; {required}.");
            }

            return false;
        }

        text = values.Count == 1 ? values[0] : "";
        if (values.Count > 1)
        {
            mistakes.Add($"{name} is given {values.Count} times ({string.Join(", ", values)}); give it once.");
        }
        else if (values.Count == 0)
        {
            mistakes.Add($"{name} has no value; give one after it, or leave it out where it has a default (see --help).");
        }

        return values.Count == 1;
    }
}
