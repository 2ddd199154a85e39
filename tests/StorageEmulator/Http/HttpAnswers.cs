using System.Text.Json;
using System.Text.Json.Nodes;
using CloudSweep.StorageEmulator.Objects;

namespace CloudSweep.StorageEmulator.Http;

internal static class HttpAnswers
{
    /// <summary>Writes a whole JSON document with its length, so that one that is cut short is seen to be.</summary>
    public static async Task WriteJsonAsync(this HttpResponse response, int status, JsonNode document)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(document);
        response.StatusCode = status;
        response.ContentType = "application/json; charset=UTF-8";
        response.ContentLength = bytes.Length;
        await response.Body.WriteAsync(bytes, response.HttpContext.RequestAborted);
    }

    /// <summary>Writes the fields of a resource that the request's <c>fields</c> asks for.</summary>
    public static Task WriteResourceAsync(this HttpResponse response, JsonObject resource)
    {
        if (response.HttpContext.Request.Query.Text("fields") is { } fields)
        {
            FieldMask.Parse(fields).ApplyTo(resource);
        }

        return response.WriteJsonAsync(StatusCodes.Status200OK, resource);
    }

    /// <summary>Scheme, host and port under which the client reached this server.</summary>
    public static string BaseUrl(this HttpRequest request) => $"{request.Scheme}://{request.Host}";
}
