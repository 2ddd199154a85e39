using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using CloudSweep.StorageEmulator;

namespace CloudSweep.GoogleCloud.Tests.StorageEmulator;

/// <summary>A server and a plain client for each test.</summary>
public abstract class EmulatorTests : IAsyncLifetime
{
    protected const string Bucket = "bucket";
    protected const string BucketPath = $"storage/v1/b/{Bucket}";
    protected const string UploadPath = $"upload/{BucketPath}/o";

    protected StorageEmulatorServer Server { get; private set; } = null!;

    protected HttpClient Client { get; private set; } = null!;

    protected static CancellationToken Token => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        Server = await StorageEmulatorServer.StartAsync(Token);
        Server.CreateBucket(Bucket);
        Client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = Server.Address };
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Server.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>So many bytes of a fixed pattern in which no two neighbours are alike.</summary>
    protected static byte[] Bytes(int count) => [.. Enumerable.Range(0, count).Select(index => (byte)((index * 31) + (index >> 8)))];

    protected void Put(string name, string text = "text") => Server.Put(Bucket, name, Encoding.UTF8.GetBytes(text));

    protected static string MediaPath(string name) => $"{BucketPath}/o/{Uri.EscapeDataString(name)}?alt=media";

    protected Task<HttpResponseMessage> GetAsync(string path, string? range = null, bool acceptGzip = false)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (range is not null)
        {
            request.Headers.Range = RangeHeaderValue.Parse(range);
        }

        if (acceptGzip)
        {
            request.Headers.AcceptEncoding.ParseAdd("gzip");
        }

        return Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Token);
    }

    protected async Task<JsonNode> GetJsonAsync(string path) => JsonNode.Parse(await Client.GetStringAsync(path, Token))!;

    protected static string Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? string.Join(",", values) : "";
}
