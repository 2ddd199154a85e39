using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace CloudSweep.TestSupport.CloudStorage;

/// <summary>A bucket of our Cloud Storage server, as a test fills and disturbs it.</summary>
/// <param name="address">URL of the server.</param>
/// <param name="name">Name of the bucket.</param>
public sealed class EmulatedBucket(string address, string name)
{
    /// <summary>Creates it where it is missing.</summary>
    public async Task CreateAsync()
    {
        using var http = new HttpClient();
        using var answer = await http.PostAsJsonAsync($"{address}/storage/v1/b?project=tests", new { name }, TestContext.Current.CancellationToken);
        Assert.True(answer.IsSuccessStatusCode || answer.StatusCode == HttpStatusCode.Conflict, $"The bucket {name} was not created: {answer.StatusCode}");
    }

    /// <summary>Stores an object, in place of one that is there.</summary>
    public async Task UploadAsync(string objectName, byte[] content)
    {
        using var http = new HttpClient();
        using var body = new ByteArrayContent(content);
        using var answer = await http.PostAsync(
            new Uri($"{address}/upload/storage/v1/b/{name}/o?uploadType=media&name={Uri.EscapeDataString(objectName)}"), body, TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Names of the objects whose names begin so.</summary>
    public async Task<IReadOnlyList<string>> ListAsync(string prefix)
    {
        using var http = new HttpClient();
        var page = await http.GetFromJsonAsync<JsonObject>($"{address}/storage/v1/b/{name}/o?prefix={Uri.EscapeDataString(prefix)}", TestContext.Current.CancellationToken);
        return [.. (page?["items"]?.AsArray() ?? []).Select(item => (string)item!["name"]!)];
    }

    /// <summary>Has requests struck by a fault (tests/StorageEmulator/README.md) until what it returns is disposed; then there are no faults any more.</summary>
    /// <param name="fault">What goes into its JSON.</param>
    public async Task<IAsyncDisposable> DisturbAsync(object fault)
    {
        using var http = new HttpClient();
        using var answer = await http.PostAsJsonAsync($"{address}/_emulator/faults", fault, TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
        return new Disturbance($"{address}/_emulator/faults");
    }

    private sealed class Disturbance(string faults) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            using var http = new HttpClient();
            using var answer = await http.DeleteAsync(new Uri(faults), CancellationToken.None);
        }
    }
}
