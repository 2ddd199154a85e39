using System.Globalization;

namespace CloudSweep.Core.Spec;

/// <summary>Reads one map of a sweep file, key by key. Mistakes go to the findings, and a default stands in, so that reading goes on.</summary>
internal sealed class MapReader
{
    private readonly Dictionary<string, SpecNode> _values = new(StringComparer.Ordinal);
    private readonly Findings _findings;
    private readonly string _path;

    public MapReader(SpecNode node, string path, Findings findings, IReadOnlyList<string> keys)
    {
        _findings = findings;
        _path = path;
        _findings.Locate(path, node.Line);
        if (node is not SpecNode.Map map)
        {
            _findings.Add(path.Length == 0 ? "(file)" : path, $"Expected keys with values ({string.Join(", ", keys)}), found {Describe(node)}.", node.Line);
            return;
        }

        foreach (var entry in map.Entries)
        {
            var field = Field(entry.Key);
            _findings.Locate(field, entry.KeyLine);
            if (!keys.Contains(entry.Key, StringComparer.Ordinal))
            {
                _findings.Add(field, $"'{entry.Key}' is not a key here. {KnownKeys.AdviceFor(entry.Key, keys)}", entry.KeyLine);
            }
            else if (!_values.TryAdd(entry.Key, entry.Value))
            {
                _findings.Add(field, $"'{entry.Key}' is given twice; a key may be given once. Remove one.", entry.KeyLine);
            }
        }
    }

    /// <summary>Path of a key from the file's root.</summary>
    public string Field(string key) => _path.Length == 0 ? key : $"{_path}.{key}";

    public bool Has(string key) => _values.ContainsKey(key);

    public SpecNode? Find(string key) => _values.GetValueOrDefault(key);

    /// <summary>The value of a key that must be there.</summary>
    public SpecNode? Require(string key, string example)
    {
        if (_values.TryGetValue(key, out var node))
        {
            return node;
        }

        _findings.Add(Field(key), $"Missing; it is required. Add for example {example}.", 0);
        return null;
    }

    /// <param name="example">What a user might write; also the stand-in for a missing or unreadable value.</param>
    public string Text(string key, string example) => Find(key) switch
    {
        null => example,
        SpecNode.Scalar scalar when !IsNothing(scalar) => scalar.Text,
        var node => Wrong(key, node, $"Expected text such as {example}", example),
    };

    /// <param name="alternative">What may stand there instead of a number, e.g. <c> or auto</c>.</param>
    public int Integer(string key, int fallback, string alternative = "") =>
        Find(key) is { } node ? Integer(node, Field(key), alternative) ?? fallback : fallback;

    /// <summary>Null for anything but a whole number of 32 bits.</summary>
    public int? Integer(SpecNode node, string field, string alternative = "") => (int?)Integer64(node, field, int.MinValue, int.MaxValue, alternative);

    public long Integer64(string key, long fallback) =>
        Find(key) is { } node ? Integer64(node, Field(key), long.MinValue, long.MaxValue, "") ?? fallback : fallback;

    public double Number(string key, double fallback) => Find(key) is { } node ? Number(node, Field(key)) ?? fallback : fallback;

    /// <summary>Null for anything but a number.</summary>
    public double? Number(SpecNode node, string field)
    {
        if (node is SpecNode.Scalar { IsQuoted: false } scalar && Parse.Number(scalar.Text) is { } number)
        {
            return number;
        }

        _findings.Add(field, $"Expected a number such as 0.1 or 1e-4, found {Describe(node)}.{QuotesHint(node)}", node.Line);
        return null;
    }

    public bool? Flag(string key) => Find(key) switch
    {
        null => null,
        SpecNode.Scalar { IsQuoted: false, Text: "true" } => true,
        SpecNode.Scalar { IsQuoted: false, Text: "false" } => false,
        var node => Wrong<bool?>(key, node, "Expected true or false", null),
    };

    public T Choice<T>(string key, T fallback, params T[] implemented)
        where T : struct, Enum
    {
        var names = implemented.Select(value => JsonName(value.ToString())).ToArray();
        return Find(key) switch
        {
            null => fallback,
            SpecNode.Scalar scalar when Array.IndexOf(names, scalar.Text) is >= 0 and var index => implemented[index],
            var node => Wrong(key, node, $"Expected {string.Join(" or ", names)}", fallback),
        };
    }

    /// <summary>A sequence of texts, or nothing.</summary>
    public IReadOnlyList<string> Texts(string key)
    {
        switch (Find(key))
        {
            case null:
                return [];
            case SpecNode.Sequence sequence:
                return [.. sequence.Items.Select((item, index) => Name(item, Item(key, index))).OfType<string>()];
            case var node:
                return Wrong<IReadOnlyList<string>>(key, node, "Expected a list of names such as [id, date]", []);
        }
    }

    /// <summary>A sequence of cells as the data has them; unlike names they may be empty.</summary>
    public IReadOnlyList<string> Cells(string key, IReadOnlyList<string> fallback)
    {
        switch (Find(key))
        {
            case null:
                return fallback;
            case SpecNode.Sequence sequence:
                return [.. sequence.Items.Select((item, index) => Cell(item, Item(key, index))).OfType<string>()];
            case var node:
                return Wrong(key, node, "Expected a list of cells such as [\"\", NA, \"-999\"]", fallback);
        }
    }

    /// <summary>Path of an item of a list from the file's root.</summary>
    public string Item(string key, int index) => string.Create(CultureInfo.InvariantCulture, $"{Field(key)}[{index}]");

    public T Wrong<T>(string key, SpecNode node, string expectation, T fallback)
    {
        _findings.Add(Field(key), $"{expectation}, found {Describe(node)}.{QuotesHint(node)}", node.Line);
        return fallback;
    }

    public static string Describe(SpecNode node) => node switch
    {
        SpecNode.Map => "keys with values",
        SpecNode.Sequence => "a list",
        SpecNode.Scalar scalar when IsNothing(scalar) => "nothing",
        SpecNode.Scalar { IsQuoted: true } scalar => $"the text \"{Shorten(scalar.Text)}\"",
        SpecNode.Scalar scalar => $"'{Shorten(scalar.Text)}'",
        _ => throw new ArgumentOutOfRangeException(nameof(node)),
    };

    private string? Name(SpecNode node, string field)
    {
        if (node is SpecNode.Scalar scalar && !IsNothing(scalar))
        {
            return scalar.Text;
        }

        _findings.Add(field, $"Expected a name, found {Describe(node)}.", node.Line);
        return null;
    }

    private string? Cell(SpecNode node, string field)
    {
        if (node is SpecNode.Scalar scalar && (scalar.IsQuoted || !IsNothing(scalar)))
        {
            return scalar.Text;
        }

        _findings.Add(field, $"Expected a cell's text, found {Describe(node)}. Write an empty cell as \"\" and the word null as \"null\".", node.Line);
        return null;
    }

    private long? Integer64(SpecNode node, string field, long min, long max, string alternative)
    {
        var text = node is SpecNode.Scalar { IsQuoted: false } scalar ? scalar.Text : "";
        if (Parse.Integer(text) is { } number && number >= min && number <= max)
        {
            return number;
        }

        _findings.Add(
            field,
            Parse.Number(text) is { } real && real == Math.Floor(real)
                ? $"{Describe(node)} is out of range; use a whole number of fewer digits{alternative}."
                : $"Expected a whole number{alternative}, found {Describe(node)}.{QuotesHint(node)}",
            node.Line);
        return null;
    }

    private static bool IsNothing(SpecNode.Scalar scalar) => scalar.Text.Length == 0 || scalar is { IsQuoted: false, Text: "null" or "~" };

    // Called where text is wrong: a quoted number or flag is what JSON and YAML writers slip on.
    public static string QuotesHint(SpecNode node) =>
        node is SpecNode.Scalar { IsQuoted: true } scalar && (Parse.Number(scalar.Text) is not null || scalar.Text is "true" or "false") ? " Remove the quotes." : "";

    private static string Shorten(string text) => text.Length <= 60 ? text : string.Create(CultureInfo.InvariantCulture, $"{text.AsSpan(0, 57)}...");

    private static string JsonName(string name) => char.ToLowerInvariant(name[0]) + name[1..];
}
