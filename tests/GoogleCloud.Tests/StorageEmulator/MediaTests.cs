using System.IO.Compression;
using System.Net;
using System.Text;

namespace CloudSweep.GoogleCloud.Tests.StorageEmulator;

public sealed class MediaTests : EmulatorTests
{
    [Theory]
    [InlineData("bytes=0-3", "0123", "bytes 0-3/10")]
    [InlineData("bytes=7-", "789", "bytes 7-9/10")]
    [InlineData("bytes=8-100", "89", "bytes 8-9/10")]
    [InlineData("bytes=-2", "89", "bytes 8-9/10")]
    public async Task Get_Range_GivesThatPart(string range, string expected, string contentRange)
    {
        Put("a", "0123456789");

        using var response = await GetAsync(MediaPath("a"), range);

        Assert.Equal(HttpStatusCode.PartialContent, response.StatusCode);
        Assert.Equal(expected, await response.Content.ReadAsStringAsync(Token));
        Assert.Equal(contentRange, response.Content.Headers.ContentRange?.ToString());
    }

    [Fact]
    public async Task Get_RangeBeyondTheEnd_IsNotSatisfiable()
    {
        Put("a", "0123456789");

        using var response = await GetAsync(MediaPath("a"), "bytes=10-");

        Assert.Equal(HttpStatusCode.RequestedRangeNotSatisfiable, response.StatusCode);
        Assert.Equal("bytes */10", response.Content.Headers.ContentRange?.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("download/")]
    public async Task Get_Range_HeadersAreOfTheWholeObject(string root)
    {
        var generation = Server.Put(Bucket, "a", Encoding.UTF8.GetBytes("123456789"));

        using var response = await GetAsync(root + MediaPath("a"), "bytes=0-0");

        Assert.Equal("crc32c=4waSgw==,md5=JfnnlDI7RTiF9RgfG2JNCw==", Header(response, "x-goog-hash"));
        Assert.Equal("9", Header(response, "x-goog-stored-content-length"));
        Assert.Equal("identity", Header(response, "x-goog-stored-content-encoding"));
        Assert.Equal(generation.ToString(System.Globalization.CultureInfo.InvariantCulture), Header(response, "x-goog-generation"));
        Assert.Equal("1", Header(response, "x-goog-metageneration"));
    }

    [Theory]
    [InlineData("dir/a b+c&d?e#f%2F.csv")]
    [InlineData("ümläut/日本")]
    [InlineData("a/compose")]
    public async Task Get_AnyName_IsFoundByItsEncodedName(string name)
    {
        Put(name, "found");

        Assert.Equal("found", await Client.GetStringAsync(MediaPath(name), Token));
        Assert.Equal(name, (string?)(await GetJsonAsync($"{BucketPath}/o/{Uri.EscapeDataString(name)}"))["name"]);
    }

    [Fact]
    public async Task Get_Metadata_WritesLongNumbersAsStrings()
    {
        Put("a", "123456789");

        var item = await GetJsonAsync($"{BucketPath}/o/a");

        Assert.Equal("9", item["size"]!.GetValue<string>());
        Assert.Equal("4waSgw==", item["crc32c"]!.GetValue<string>());
        Assert.Equal(item["generation"]!.GetValue<string>(), item["generation"]!.ToString());
    }

    [Fact]
    public async Task Get_ReplacedGeneration_IsNotFound()
    {
        var first = Server.Put(Bucket, "a", [1]);
        var second = Server.Put(Bucket, "a", [2]);

        using var gone = await GetAsync($"{MediaPath("a")}&generation={first}");
        using var current = await GetAsync($"{MediaPath("a")}&generation={second}");

        Assert.True(second > first);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        Assert.Equal(HttpStatusCode.OK, current.StatusCode);
    }

    [Theory]
    [InlineData("ifGenerationMatch", 0, HttpStatusCode.OK)]
    [InlineData("ifGenerationMatch", 1, HttpStatusCode.PreconditionFailed)]
    [InlineData("ifGenerationNotMatch", 0, HttpStatusCode.NotModified)]
    [InlineData("ifGenerationNotMatch", 1, HttpStatusCode.OK)]
    public async Task Get_Precondition_AnswersAsTheService(string name, int difference, HttpStatusCode expected)
    {
        var generation = Server.Put(Bucket, "a", [1]);

        using var response = await GetAsync($"{MediaPath("a")}&{name}={generation + difference}");

        Assert.Equal(expected, response.StatusCode);
    }

    [Fact]
    public async Task Get_GzipWithoutAcceptEncoding_IsDecompressedWithoutLengthAndRange()
    {
        var stored = Gzip("some text");
        Server.Put(Bucket, "a", stored, contentEncoding: "gzip");

        using var response = await GetAsync(MediaPath("a"), "bytes=0-1");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Null(response.Content.Headers.ContentLength);
        Assert.Equal("gzip", Header(response, "x-goog-stored-content-encoding"));
        Assert.Equal(stored.Length.ToString(System.Globalization.CultureInfo.InvariantCulture), Header(response, "x-goog-stored-content-length"));
        Assert.Equal("some text", await response.Content.ReadAsStringAsync(Token));
    }

    [Fact]
    public async Task Get_GzipWithAcceptEncoding_IsAsStored()
    {
        var stored = Gzip("some text");
        Server.Put(Bucket, "a", stored, contentEncoding: "gzip");

        using var response = await GetAsync(MediaPath("a"), acceptGzip: true);

        Assert.Equal("gzip", string.Join(",", response.Content.Headers.ContentEncoding));
        Assert.Equal(stored, await response.Content.ReadAsByteArrayAsync(Token));
    }

    private static byte[] Gzip(string text)
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        return bytes.ToArray();
    }
}
