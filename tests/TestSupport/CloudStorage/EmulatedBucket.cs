using System.Net;
using System.Net.Http.Json;

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

    /// <summary>From now on requests are struck by a fault (tests/StorageEmulator/README.md).</summary>
    /// <param name="fault">What goes into its JSON.</param>
    public async Task DisturbAsync(object fault)
    {
        using var http = new HttpClient();
        using var answer = await http.PostAsJsonAsync($"{address}/_emulator/faults", fault, TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>No faults any more.</summary>
    public async Task LeaveAloneAsync()
    {
        using var http = new HttpClient();
        using var answer = await http.DeleteAsync(new Uri($"{address}/_emulator/faults"), TestContext.Current.CancellationToken);
        answer.EnsureSuccessStatusCode();
    }
}
