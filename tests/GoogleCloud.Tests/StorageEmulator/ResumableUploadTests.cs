using System.Net;

namespace CloudSweep.GoogleCloud.Tests.StorageEmulator;

public sealed class ResumableUploadTests : EmulatorTests
{
    private const int Quantum = 256 << 10;

    private static readonly byte[] Whole = Bytes((2 * Quantum) + 5);

    [Fact]
    public async Task Put_Chunks_StoresTheObjectWithTheLast()
    {
        var session = await StartAsync();

        using var first = await PutAsync(session, Whole[..Quantum], $"bytes 0-{Quantum - 1}/*");
        using var second = await PutAsync(session, Whole[Quantum..(2 * Quantum)], $"bytes {Quantum}-{(2 * Quantum) - 1}/*");
        var before = Server.Find(Bucket, "a");
        using var last = await PutAsync(session, Whole[(2 * Quantum)..], $"bytes {2 * Quantum}-{Whole.Length - 1}/{Whole.Length}");

        Assert.Equal((HttpStatusCode)308, first.StatusCode);
        Assert.Equal($"bytes=0-{Quantum - 1}", Header(first, "Range"));
        Assert.Equal($"bytes=0-{(2 * Quantum) - 1}", Header(second, "Range"));
        Assert.Null(before);
        Assert.Equal(HttpStatusCode.OK, last.StatusCode);
        Assert.Equal(Whole, Server.Find(Bucket, "a"));
    }

    [Fact]
    public async Task Put_WholeInOneRequest_StoresTheObject()
    {
        var session = await StartAsync();

        using var response = await PutAsync(session, Whole, contentRange: null);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(Whole, Server.Find(Bucket, "a"));
    }

    [Theory]
    [InlineData("bytes */*")]
    [InlineData("bytes */524293")]
    public async Task Put_StatusQuery_TellsWhatIsStoredAndFinishesNothing(string contentRange)
    {
        var session = await StartAsync();
        using var nothing = await PutAsync(session, [], contentRange);
        using var chunk = await PutAsync(session, Whole[..Quantum], $"bytes 0-{Quantum - 1}/{Whole.Length}");

        using var status = await PutAsync(session, [], contentRange);

        Assert.Equal((HttpStatusCode)308, nothing.StatusCode);
        Assert.Equal("", Header(nothing, "Range"));
        Assert.Equal($"bytes=0-{Quantum - 1}", Header(status, "Range"));
        Assert.Null(Server.Find(Bucket, "a"));
    }

    [Fact]
    public async Task Put_StatusQueryAfterTheEnd_GivesTheObject()
    {
        var session = await StartAsync();
        using var all = await PutAsync(session, Whole, $"bytes 0-{Whole.Length - 1}/{Whole.Length}");

        using var status = await PutAsync(session, [], "bytes */*");

        Assert.Equal(HttpStatusCode.OK, status.StatusCode);
        Assert.Contains("generation", await status.Content.ReadAsStringAsync(Token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Put_ChunkOfNoWholeQuanta_KeepsWholeOnes()
    {
        var session = await StartAsync();

        using var tooSmall = await PutAsync(session, Whole[..100], "bytes 0-99/*");
        using var uneven = await PutAsync(session, Whole[..(Quantum + 100)], $"bytes 0-{Quantum + 99}/*");

        Assert.Equal(HttpStatusCode.BadRequest, tooSmall.StatusCode);
        Assert.Equal($"bytes=0-{Quantum - 1}", Header(uneven, "Range"));
    }

    [Fact]
    public async Task Put_OverlapIsSkipped_AndGapRefused()
    {
        var session = await StartAsync();
        using var first = await PutAsync(session, Whole[..Quantum], $"bytes 0-{Quantum - 1}/{Whole.Length}");

        using var gap = await PutAsync(session, Whole[(2 * Quantum)..], $"bytes {2 * Quantum}-{Whole.Length - 1}/{Whole.Length}");
        using var overlap = await PutAsync(session, Whole, $"bytes 0-{Whole.Length - 1}/{Whole.Length}");

        Assert.Equal(HttpStatusCode.BadRequest, gap.StatusCode);
        Assert.Equal(HttpStatusCode.OK, overlap.StatusCode);
        Assert.Equal(Whole, Server.Find(Bucket, "a"));
    }

    [Fact]
    public async Task Put_ObjectAppearedMeanwhile_FailsAtTheEnd()
    {
        var session = await StartAsync("&ifGenerationMatch=0");
        Put("a");

        using var all = await PutAsync(session, Whole, contentRange: null);
        using var another = await Client.PostAsync($"{UploadPath}?uploadType=resumable&name=a&ifGenerationMatch=0", content: null, Token);

        Assert.Equal(HttpStatusCode.PreconditionFailed, all.StatusCode);
        Assert.Equal(HttpStatusCode.PreconditionFailed, another.StatusCode);
    }

    [Fact]
    public async Task Delete_Session_EndsIt()
    {
        var session = await StartAsync();

        using var deleted = await Client.DeleteAsync(session, Token);
        using var put = await PutAsync(session, Whole, contentRange: null);
        using var unknown = await PutAsync(new Uri(session + "0"), Whole, contentRange: null);

        Assert.Equal(499, (int)deleted.StatusCode);
        Assert.Equal(HttpStatusCode.Gone, put.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    private async Task<Uri> StartAsync(string query = "")
    {
        using var response = await Client.PostAsync($"{UploadPath}?uploadType=resumable&name=a{query}", content: null, Token);
        return response.EnsureSuccessStatusCode().Headers.Location!;
    }

    private Task<HttpResponseMessage> PutAsync(Uri session, byte[] bytes, string? contentRange)
    {
        var content = new ByteArrayContent(bytes);
        content.Headers.TryAddWithoutValidation("Content-Range", contentRange);
        return Client.PutAsync(session, content, Token);
    }
}
