using System.Net.Http.Headers;
using System.Text.Json;

namespace CloudSweep.GoogleCloud.Storage.Http;

/// <summary>Bodies of requests.</summary>
internal static class StorageContent
{
    public static HttpContent Of(NewObject description)
    {
        var content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(description, StorageJson.Default.NewObject));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json", "utf-8");
        return content;
    }
}
