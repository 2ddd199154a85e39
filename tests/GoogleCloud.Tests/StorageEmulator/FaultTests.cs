using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using CloudSweep.StorageEmulator.Faults;

namespace CloudSweep.GoogleCloud.Tests.StorageEmulator;

public sealed class FaultTests : EmulatorTests
{
    private static readonly byte[] Content = Bytes(1 << 20);

    [Fact]
    public async Task Status_SecondAndThirdMatch_StrikesOnlyThese()
    {
        PutContent();
        Server.Faults.Add(new Fault(new FaultEffect.Status(429, RetryAfterSeconds: 7)) { Method = "GET", ObjectName = "dir/*", Media = true, First = 2, Count = 2 });

        List<int> statuses = [];
        for (var request = 0; request < 4; request++)
        {
            using var metadata = await GetAsync($"{BucketPath}/o/dir%2Fa");
            using var response = await GetAsync(MediaPath("dir/a"));
            statuses.Add((int)response.StatusCode);
            Assert.Equal(HttpStatusCode.OK, metadata.StatusCode);
            Assert.Equal(statuses[^1] == 429 ? "7" : "", Header(response, "Retry-After"));
        }

        Assert.Equal([200, 429, 429, 200], statuses);
    }

    [Fact]
    public async Task Status_RangeStart_StrikesOnlyThatRange()
    {
        PutContent();
        Server.Faults.Add(new Fault(new FaultEffect.Status(503)) { RangeStart = 100, Count = int.MaxValue });

        using var whole = await GetAsync(MediaPath("dir/a"));
        using var other = await GetAsync(MediaPath("dir/a"), "bytes=0-99");
        using var struck = await GetAsync(MediaPath("dir/a"), "bytes=100-199");

        Assert.Equal([200, 206, 503], [(int)whole.StatusCode, (int)other.StatusCode, (int)struck.StatusCode]);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(1000L)]
    public async Task Reset_OfDownload_IsSeenAsReset(long? afterBytes)
    {
        PutContent();
        Server.Faults.Add(new Fault(new FaultEffect.Reset(afterBytes)));

        var exception = await Assert.ThrowsAnyAsync<Exception>(() => Client.GetByteArrayAsync(MediaPath("dir/a"), Token));

        Assert.Equal(SocketError.ConnectionReset, SocketErrorOf(exception));
    }

    [Fact]
    public async Task Cut_AfterBytes_GivesExactlyTheseThenTheEnd()
    {
        PutContent();
        Server.Faults.Add(new Fault(new FaultEffect.Cut(300_001)));

        using var response = await GetAsync(MediaPath("dir/a"));
        var (received, exception) = await ReadToErrorAsync(response);

        Assert.Equal(Content[..300_001], received);
        Assert.Equal(HttpRequestError.ResponseEnded, Assert.IsType<HttpIOException>(exception).HttpRequestError);
        Assert.Equal(Content.Length, response.Content.Headers.ContentLength);
    }

    [Fact]
    public async Task WrongBytes_AtOneByte_KeepsLengthAndAllOthers()
    {
        PutContent();
        Server.Faults.Add(new Fault(new FaultEffect.WrongBytes(At: 500_000)));

        var received = await Client.GetByteArrayAsync(MediaPath("dir/a"), Token);

        Assert.Equal([500_000], Enumerable.Range(0, Content.Length).Where(index => received[index] != Content[index]));
    }

    [Fact]
    public async Task Stall_AfterHeaders_GivesNothingUntilTheClientLeaves()
    {
        PutContent();
        Server.Faults.Add(new Fault(new FaultEffect.Stall()));

        using var response = await GetAsync(MediaPath("dir/a"));
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        await using var body = await response.Content.ReadAsStreamAsync(Token);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await body.ReadExactlyAsync(new byte[1], patience.Token));
    }

    [Fact]
    public async Task Trickle_Slow_TakesItsTime()
    {
        PutContent();
        Server.Faults.Add(new Fault(new FaultEffect.Trickle(1_000_000)));

        var clock = Stopwatch.StartNew();
        var received = await Client.GetByteArrayAsync(MediaPath("dir/a"), Token);

        Assert.Equal(Content, received);
        Assert.InRange(clock.Elapsed.TotalSeconds, 1.0, 30);
    }

    [Fact]
    public async Task StreamBytesPerSecond_Set_LimitsEveryAnswer()
    {
        PutContent();
        Server.StreamBytesPerSecond = 2_000_000;

        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Client.GetByteArrayAsync(MediaPath("dir/a"), Token), Client.GetByteArrayAsync(MediaPath("dir/a"), Token));

        Assert.InRange(clock.Elapsed.TotalSeconds, 0.5, 30);
    }

    [Fact]
    public async Task Replace_BetweenTwoRanges_EndsThePinnedGeneration()
    {
        var generation = PutContent();
        Server.Faults.Add(new Fault(new FaultEffect.Replace()) { Media = true, First = 2 });
        var path = $"{MediaPath("dir/a")}&generation={generation}";

        using var first = await GetAsync(path, "bytes=0-9");
        using var second = await GetAsync(path, "bytes=10-19");
        using var current = await GetAsync(MediaPath("dir/a"));

        Assert.Equal(HttpStatusCode.PartialContent, first.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, second.StatusCode);
        Assert.Equal(Content.Length, current.Content.Headers.ContentLength);
        Assert.NotEqual(generation.ToString(System.Globalization.CultureInfo.InvariantCulture), Header(current, "x-goog-generation"));
    }

    [Fact]
    public async Task LoseAnswer_OfUpload_StoresItAndResets()
    {
        Server.Faults.Add(new Fault(new FaultEffect.LoseAnswer()) { Method = "POST" });

        using var content = new ByteArrayContent([1, 2, 3]);
        await Assert.ThrowsAsync<HttpRequestException>(() => Client.PostAsync($"{UploadPath}?uploadType=media&name=a", content, Token));

        Assert.Equal([1, 2, 3], Server.Find(Bucket, "a"));
    }

    [Fact]
    public async Task Reset_OfResumableChunk_KeepsWholeQuanta()
    {
        const int Quantum = 256 << 10;
        Server.Faults.Add(new Fault(new FaultEffect.Reset((2 * Quantum) + 7)) { Method = "PUT", ObjectName = "a" });
        using var started = await Client.PostAsync($"{UploadPath}?uploadType=resumable&name=a", content: null, Token);
        var session = started.Headers.Location!;

        using var chunk = new ByteArrayContent(Content);
        await Assert.ThrowsAnyAsync<Exception>(() => Client.PutAsync(session, chunk, Token));
        using var question = new ByteArrayContent([]);
        question.Headers.TryAddWithoutValidation("Content-Range", "bytes */*");
        using var status = await Client.PutAsync(session, question, Token);

        Assert.Equal($"bytes=0-{(2 * Quantum) - 1}", Header(status, "Range"));
        Assert.Null(Server.Find(Bucket, "a"));
    }

    [Fact]
    public async Task Control_OverHttp_AddsAndClearsFaultsAndShowsRequests()
    {
        PutContent();
        using var added = await Client.PostAsJsonAsync("_emulator/faults", new { objectName = "dir/a", count = 5, effect = new { kind = "status", code = 500 } }, Token);
        using var struck = await GetAsync(MediaPath("dir/a"), "bytes=0-9");
        using var cleared = await Client.DeleteAsync("_emulator/faults", Token);
        using var served = await GetAsync(MediaPath("dir/a"));

        var requests = (await GetJsonAsync("_emulator/requests")).AsArray();

        Assert.Equal(HttpStatusCode.NoContent, added.StatusCode);
        Assert.Equal([500, 200], requests.Select(request => (int)request!["status"]!));
        Assert.Equal("bytes=0-9", (string?)requests[0]!["range"]);
        Assert.Equal("dir/a", (string?)requests[0]!["objectName"]);
        Assert.Equal(2, Server.Requests.Count);
    }

    [Theory]
    [InlineData("""{"effect":{"kind":"nonsense"}}""")]
    [InlineData("""{"effect":{"kind":"status","code":200}}""")]
    [InlineData("""{"count":1}""")]
    public async Task Control_UnknownFault_IsRefused(string json)
    {
        using var response = await Client.PostAsync("_emulator/faults", JsonContent.Create(JsonNode.Parse(json)), Token);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task Control_Speed_IsSetAndLifted()
    {
        using var set = await Client.PutAsync("_emulator/speed?bytesPerSecond=1000", content: null, Token);
        var limit = Server.StreamBytesPerSecond;
        using var refused = await Client.PutAsync("_emulator/speed?bytesPerSecond=0", content: null, Token);
        using var lifted = await Client.DeleteAsync("_emulator/speed", Token);

        Assert.Equal(1000, limit);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Null(Server.StreamBytesPerSecond);
    }

    private static async Task<(byte[] Received, Exception Exception)> ReadToErrorAsync(HttpResponseMessage response)
    {
        using var received = new MemoryStream();
        await using var body = await response.Content.ReadAsStreamAsync(Token);
        var exception = await Assert.ThrowsAnyAsync<Exception>(() => body.CopyToAsync(received, Token));
        return (received.ToArray(), exception);
    }

    private static SocketError? SocketErrorOf(Exception? exception) => exception switch
    {
        null => null,
        SocketException socket => socket.SocketErrorCode,
        _ => SocketErrorOf(exception.InnerException),
    };

    private long PutContent() => Server.Put(Bucket, "dir/a", Content);
}
