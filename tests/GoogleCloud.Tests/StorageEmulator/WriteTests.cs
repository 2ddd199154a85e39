using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;

namespace CloudSweep.GoogleCloud.Tests.StorageEmulator;

/// <summary>Simple and multipart uploads, deletes and composing.</summary>
public sealed class WriteTests : EmulatorTests
{
    private const string Crc32COfDigits = "4waSgw==";

    [Fact]
    public async Task Upload_Simple_IsStored()
    {
        using var response = await UploadAsync("uploadType=media&name=a%2Fb", new ByteArrayContent([1, 2]));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal([1, 2], Server.Find(Bucket, "a/b"));
    }

    [Fact]
    public async Task Upload_IfAbsentTwice_SecondFails()
    {
        using var first = await UploadAsync("uploadType=media&name=a&ifGenerationMatch=0", new ByteArrayContent([1]));
        using var second = await UploadAsync("uploadType=media&name=a&ifGenerationMatch=0", new ByteArrayContent([2]));

        Assert.Equal(HttpStatusCode.PreconditionFailed, second.StatusCode);
        Assert.Equal([1], Server.Find(Bucket, "a"));
    }

    [Theory]
    [InlineData(Crc32COfDigits, HttpStatusCode.OK)]
    [InlineData("AAAAAA==", HttpStatusCode.BadRequest)]
    public async Task Upload_Multipart_ChecksTheDeclaredHash(string crc32c, HttpStatusCode expected)
    {
        using var content = new MultipartContent("related")
        {
            JsonContent.Create(new { name = "a", contentType = "text/csv", crc32c, metadata = new { owner = "me" } }),
            new ByteArrayContent("123456789"u8.ToArray()) { Headers = { ContentType = new MediaTypeHeaderValue("text/plain") } },
        };

        using var response = await UploadAsync("uploadType=multipart", content);

        Assert.Equal(expected, response.StatusCode);
        Assert.Equal(expected == HttpStatusCode.OK ? "123456789" : null, Server.Find(Bucket, "a") is { } bytes ? Encoding.UTF8.GetString(bytes) : null);
    }

    [Fact]
    public async Task Delete_OtherGeneration_FailsAndKeepsIt()
    {
        var generation = Server.Put(Bucket, "a", [1]);

        using var refused = await Client.DeleteAsync($"{BucketPath}/o/a?ifGenerationMatch={generation - 1}", Token);
        var kept = Server.Find(Bucket, "a");
        using var deleted = await Client.DeleteAsync($"{BucketPath}/o/a?ifGenerationMatch={generation}", Token);
        using var again = await Client.DeleteAsync($"{BucketPath}/o/a", Token);

        Assert.Equal(HttpStatusCode.PreconditionFailed, refused.StatusCode);
        Assert.NotNull(kept);
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, again.StatusCode);
    }

    [Fact]
    public async Task Compose_TwoParts_JoinsThemWithoutMd5()
    {
        Put("x", "12345");
        Put("y", "6789");

        using var response = await ComposeAsync(["x", "y"]);
        var item = await GetJsonAsync($"{BucketPath}/o/joined");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(Crc32COfDigits, (string?)item["crc32c"]);
        Assert.Equal(2, (int?)item["componentCount"]);
        Assert.Null(item["md5Hash"]);
    }

    [Fact]
    public async Task Compose_MoreThan32_IsRefused()
    {
        Put("x");

        using var response = await ComposeAsync(Enumerable.Repeat("x", 33));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    private Task<HttpResponseMessage> ComposeAsync(IEnumerable<string> names) => Client.PostAsJsonAsync(
        $"{BucketPath}/o/joined/compose",
        new { sourceObjects = names.Select(name => new { name }), destination = new { contentType = "text/plain" } },
        Token);

    private Task<HttpResponseMessage> UploadAsync(string query, HttpContent content) => Client.PostAsync($"{UploadPath}?{query}", content, Token);
}
