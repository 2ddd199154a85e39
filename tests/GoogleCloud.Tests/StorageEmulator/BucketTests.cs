using System.Net;
using System.Net.Http.Json;

namespace CloudSweep.GoogleCloud.Tests.StorageEmulator;

public sealed class BucketTests : EmulatorTests
{
    [Fact]
    public async Task Create_New_IsListedAndCanBeDeleted()
    {
        using var created = await Client.PostAsJsonAsync("storage/v1/b?project=p", new { name = "new" }, Token);
        var listed = await GetJsonAsync("storage/v1/b?project=p");
        using var deleted = await Client.DeleteAsync("storage/v1/b/new", Token);
        using var found = await Client.GetAsync("storage/v1/b/new", Token);

        Assert.Equal(HttpStatusCode.OK, created.StatusCode);
        Assert.Equal(["bucket", "new"], listed["items"]!.AsArray().Select(bucket => (string)bucket!["name"]!));
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, found.StatusCode);
    }

    [Fact]
    public async Task Create_Existing_Conflicts()
    {
        using var created = await Client.PostAsJsonAsync("storage/v1/b?project=p", new { name = Bucket }, Token);

        Assert.Equal(HttpStatusCode.Conflict, created.StatusCode);
    }

    [Fact]
    public async Task Delete_WithObjects_Conflicts()
    {
        Put("a");

        using var deleted = await Client.DeleteAsync(BucketPath, Token);

        Assert.Equal(HttpStatusCode.Conflict, deleted.StatusCode);
    }
}
