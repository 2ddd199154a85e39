using System.Net.Http.Headers;

namespace CloudSweep.GoogleCloud.Storage.Http;

/// <summary>The requests of the JSON API that concern one bucket. Names are escaped whole, '/' too.</summary>
internal sealed class StorageRequests(Uri address, string bucket)
{
    private const string IfAbsent = "&ifGenerationMatch=0";

    private readonly string _bucketPath = $"storage/v1/b/{Uri.EscapeDataString(bucket)}/o";

    public HttpRequestMessage List(string prefix, int pageSize, string? pageToken)
    {
        var token = string.IsNullOrEmpty(pageToken) ? "" : $"&pageToken={Uri.EscapeDataString(pageToken)}";
        return Create(
            HttpMethod.Get,
            $"{_bucketPath}?prefix={Uri.EscapeDataString(prefix)}&maxResults={pageSize}&fields=items({ObjectResource.Fields}),nextPageToken{token}");
    }

    public HttpRequestMessage Find(string name) => Create(HttpMethod.Get, $"{ObjectPath(name)}?fields={ObjectResource.Fields}");

    /// <summary>The stored bytes of one version: all, or from <paramref name="first"/> to <paramref name="last"/>.</summary>
    public HttpRequestMessage Media(string name, string generation, long? first, long last)
    {
        var request = Create(HttpMethod.Get, $"{ObjectPath(name)}?alt=media&generation={Uri.EscapeDataString(generation)}");
        request.Headers.Range = first is { } start ? new RangeHeaderValue(start, last) : null;
        return request;
    }

    public HttpRequestMessage Upload(NewObject description, bool mustBeAbsent, HttpContent content)
    {
        var request = Create(
            HttpMethod.Post,
            $"upload/{_bucketPath}?uploadType=multipart&name={Uri.EscapeDataString(description.Name)}&fields={ObjectResource.Fields}{Condition(mustBeAbsent)}");
        request.Content = new MultipartContent("related") { StorageContent.Of(description), content };
        return request;
    }

    public HttpRequestMessage StartSession(NewObject description, bool mustBeAbsent)
    {
        var request = Create(
            HttpMethod.Post,
            $"upload/{_bucketPath}?uploadType=resumable&name={Uri.EscapeDataString(description.Name)}&fields={ObjectResource.Fields}{Condition(mustBeAbsent)}");
        request.Headers.TryAddWithoutValidation("X-Upload-Content-Type", description.ContentType);
        request.Content = StorageContent.Of(description);
        return request;
    }

    public HttpRequestMessage Delete(string name, string? generation) => Create(
        HttpMethod.Delete, generation is null ? ObjectPath(name) : $"{ObjectPath(name)}?ifGenerationMatch={Uri.EscapeDataString(generation)}");

    private static string Condition(bool mustBeAbsent) => mustBeAbsent ? IfAbsent : "";

    private string ObjectPath(string name) => $"{_bucketPath}/{Uri.EscapeDataString(name)}";

    private HttpRequestMessage Create(HttpMethod method, string path) => new(method, new Uri(address, path));
}
