using System.Text.Json;
using System.Text.Json.Nodes;
using CloudSweep.StorageEmulator.Objects;

namespace CloudSweep.StorageEmulator.Http;

/// <summary>JSON documents that clients send.</summary>
internal static class JsonBody
{
    /// <summary>Reads a document; an empty body is an empty one.</summary>
    /// <exception cref="ServiceException">It is no JSON object.</exception>
    public static async Task<JsonObject> ReadAsync(Stream body, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream();
        await body.CopyToAsync(bytes, cancellationToken);
        try
        {
            return bytes.Length == 0 ? [] : JsonNode.Parse(bytes.ToArray())?.AsObject() ?? [];
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            throw new ServiceException(StatusCodes.Status400BadRequest, "parseError", $"Parse error: the body must be a JSON object. {exception.Message}");
        }
    }

    /// <summary>Text of a value, which clients also write as a number; null when it is missing.</summary>
    public static string? Text(this JsonNode? json, string name) => json?[name]?.ToString();
}
