using System.Text.Json;
using CloudSweep.Core.Domain;

namespace CloudSweep.Core.Spec;

/// <summary>Reads a sweep file that is written in JSON. Lines are not known.</summary>
public static class JsonSpecNode
{
    /// <exception cref="MalformedDocumentException">The text is no JSON.</exception>
    public static SpecNode Parse(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            return Convert(document.RootElement);
        }
        catch (JsonException exception)
        {
            throw new MalformedDocumentException($"Not valid JSON: {exception.Message}", exception);
        }
    }

    private static SpecNode Convert(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Object => new SpecNode.Map([.. element.EnumerateObject().Select(property => new SpecEntry(property.Name, 0, Convert(property.Value)))], 0),
        JsonValueKind.Array => new SpecNode.Sequence([.. element.EnumerateArray().Select(Convert)], 0),
        JsonValueKind.String => new SpecNode.Scalar(element.GetString()!, IsQuoted: true, 0),
        _ => new SpecNode.Scalar(element.GetRawText(), IsQuoted: false, 0),
    };
}
