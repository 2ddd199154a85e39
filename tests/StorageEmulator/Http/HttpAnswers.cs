using System.Text.Json;
using System.Text.Json.Nodes;

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

    /// <summary>Scheme, host and port under which the client reached this server.</summary>
    public static string BaseUrl(this HttpRequest request) => $"{request.Scheme}://{request.Host}";
}
