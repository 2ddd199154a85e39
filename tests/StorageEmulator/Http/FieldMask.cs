using System.Text.Json.Nodes;
using CloudSweep.StorageEmulator.Objects;

namespace CloudSweep.StorageEmulator.Http;

/// <summary>The fields that a request wants of an answer: <c>items(name,size),nextPageToken</c>, or <c>items/name</c>. The empty mask lets all pass.</summary>
internal sealed class FieldMask
{
    private readonly Dictionary<string, FieldMask> _fields = new(StringComparer.Ordinal);

    /// <exception cref="ServiceException">The text is no mask.</exception>
    public static FieldMask Parse(string text)
    {
        var mask = new FieldMask();
        var rest = mask.ReadList(text);
        return rest.IsEmpty ? mask : throw ServiceException.Invalid($"Invalid field selection {text}");
    }

    /// <summary>Removes every field that is not wanted.</summary>
    public void ApplyTo(JsonNode? node)
    {
        if (node is JsonArray array)
        {
            foreach (var item in array)
            {
                ApplyTo(item);
            }
        }
        else if (node is JsonObject item && _fields.Count > 0)
        {
            foreach (var (name, value) in item.ToList())
            {
                if (_fields.TryGetValue(name, out var below))
                {
                    below.ApplyTo(value);
                }
                else
                {
                    item.Remove(name);
                }
            }
        }
    }

    private ReadOnlySpan<char> ReadList(ReadOnlySpan<char> text)
    {
        text = ReadField(text);
        while (text is [',', .. var next])
        {
            text = ReadField(next);
        }

        return text;
    }

    private ReadOnlySpan<char> ReadField(ReadOnlySpan<char> text)
    {
        var end = text.IndexOfAny(",()/");
        var name = end < 0 ? text : text[..end];
        if (name.IsEmpty)
        {
            throw ServiceException.Invalid("Invalid field selection: a name is missing.");
        }

        var below = new FieldMask();
        _fields[name.ToString()] = below;
        return text[name.Length..] switch
        {
            ['/', .. var path] => below.ReadField(path),
            ['(', .. var list] => below.ReadList(list) is [')', .. var rest] ? rest : throw ServiceException.Invalid("Invalid field selection: a ')' is missing."),
            var rest => rest,
        };
    }
}
