using CloudSweep.Core.Ports.Objects;
using CloudSweep.GoogleCloud.Storage;
using CloudSweep.StorageEmulator.Faults;

namespace CloudSweep.GoogleCloud.Tests.Storage;

public sealed class ReadFaultTests : GcsStorageTests
{
    private const int Range = 256 << 10;

    private static readonly byte[] OneRange = Pattern(200_000);
    private static readonly byte[] FiveRanges = Pattern((4 * Range) + 17);

    public static TheoryData<FaultEffect> BeforeTheAnswer =>
    [
        new FaultEffect.Status(408),
        new FaultEffect.Status(429),
        new FaultEffect.Status(500),
        new FaultEffect.Status(503),
        new FaultEffect.Reset(),
    ];

    public static TheoryData<FaultEffect> InTheBody =>
    [
        new FaultEffect.Cut(100_000),
        new FaultEffect.Stall(100_000),
        new FaultEffect.Reset(100_000),
    ];

    private static CloudStorageOptions SoonIdle => new()
    {
        RangeBytes = Range,
        ParallelRanges = 4,
        MaxAttempts = 3,
        RetryDelay = TimeSpan.FromMilliseconds(1),
        LongestRetryDelay = TimeSpan.FromMilliseconds(2),
        IdleTimeout = TimeSpan.FromSeconds(1),
    };

    [Fact]
    public async Task Read_WithoutFault_TakesOneRequestForEachRange()
    {
        await AssertReadAsync(OneRange, requests: 1);
        await AssertReadAsync([], requests: 1);
        await AssertReadAsync(Pattern(Range), requests: 1);
        await AssertReadAsync(FiveRanges, requests: 5);
    }

    [Theory]
    [MemberData(nameof(BeforeTheAnswer))]
    public async Task Read_FailureBeforeTheAnswer_IsMadeUpForByOneRequest(FaultEffect effect)
    {
        StrikeRead(effect);
        await AssertReadAsync(OneRange, requests: 2);

        StrikeRead(effect, rangeStart: 2 * Range);
        await AssertReadAsync(FiveRanges, requests: 6);
    }

    [Theory]
    [MemberData(nameof(InTheBody))]
    public async Task Read_BodyBreaksOff_GoesOnAtTheByteReached(FaultEffect effect)
    {
        StrikeRead(effect);
        await AssertReadAsync(OneRange, requests: 2, SoonIdle);
        AssertResumed(Server.Requests[1].Range, start: 0, end: OneRange.Length, isExact: effect is not FaultEffect.Reset);

        StrikeRead(effect, rangeStart: Range);
        await AssertReadAsync(FiveRanges, requests: 6, SoonIdle);
        var resumed = Assert.Single(Server.Requests, request => !long.TryParse(request.Range?["bytes=".Length..].Split('-')[0], out var start) || start % Range != 0);
        AssertResumed(resumed.Range, Range, 2 * Range, isExact: effect is not FaultEffect.Reset);
    }

    [Fact]
    public async Task Read_BodyBreaksOffAgainAndAgain_GoesOnWhileItProgresses()
    {
        StrikeRead(new FaultEffect.Cut(70_000), count: int.MaxValue);

        await AssertReadAsync(Pattern(700_000), requests: 10, new CloudStorageOptions { MaxAttempts = 2, RetryDelay = TimeSpan.FromMilliseconds(1) });
    }

    [Fact]
    public async Task Read_BodyBreaksOffAfterAByteEachTime_FailsAfterAsManyAttemptsAsAllowed()
    {
        var version = await PutAsync(OneRange);
        StrikeRead(new FaultEffect.Cut(1), count: int.MaxValue);

        var (content, failure) = await ReadAsync(Open(SmallPieces), version);

        AssertFailure(failure, version, "at byte 3 after 3 attempts", "the connection ended before the answer did");
        Assert.Empty(content);
        Assert.Equal(3, Requests.Length);
    }

    [Fact]
    public async Task Read_SlowTrickle_TakesOneRequestHoweverLong()
    {
        StrikeRead(new FaultEffect.Trickle(100_000));

        await AssertReadAsync(OneRange, requests: 1, SoonIdle);
    }

    [Fact]
    public async Task Read_FirstRangeStillComes_GivesOutWhatIsThere()
    {
        var version = await PutAsync(FiveRanges);
        StrikeRead(new FaultEffect.Stall(100_000), rangeStart: 0);
        var start = new byte[100_000];

        await using var stream = await Open(SmallPieces).OpenAsync(version, None);
        await stream.ReadExactlyAsync(start, None);

        Assert.Equal(FiveRanges[..100_000], start);
    }

    [Fact]
    public async Task Read_NotYetReadOn_FetchesNoMoreThanItsWindow()
    {
        var version = await PutAsync(FiveRanges);

        await using var stream = await Open(new CloudStorageOptions { RangeBytes = Range, ParallelRanges = 2 }).OpenAsync(version, None);
        await stream.ReadExactlyAsync(new byte[Range - 1], None);

        Assert.InRange(Requests.Length, 1, 2);
    }

    [Fact]
    public async Task Read_WrongBytesInOneRange_AreFetchedAgain()
    {
        StrikeRead(new FaultEffect.WrongBytes(100_000));

        await AssertReadAsync(OneRange, requests: 2);
    }

    [Fact]
    public async Task Read_WrongBytesInOneRangeAlways_FailsAndGivesNoneOut()
    {
        var version = await PutAsync(OneRange);
        StrikeRead(new FaultEffect.WrongBytes(100_000), count: int.MaxValue);

        var (content, failure) = await ReadAsync(Open(SmallPieces), version);

        AssertFailure(failure, version, "at byte 0 after 3 attempts", $"where the object has {version.Crc32C}");
        Assert.Empty(content);
        Assert.Equal(3, Requests.Length);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2 * Range)]
    [InlineData(4 * Range)]
    public async Task Read_WrongBytesInOneOfManyRanges_NeverReachesTheEnd(long rangeStart)
    {
        var version = await PutAsync(FiveRanges);
        StrikeRead(new FaultEffect.WrongBytes(5), rangeStart: rangeStart);

        var (content, failure) = await ReadAsync(Open(SmallPieces), version);

        AssertFailure(failure, version, "at byte 0 after 5 attempts", $"where the object has {version.Crc32C}");
        Assert.Equal(4 * Range, content.Length);
        Assert.Equal(5, Requests.Length);
    }

    [Fact]
    public async Task Read_ReplacedBetweenTwoRanges_ThrowsObjectChanged()
    {
        var version = await PutAsync(FiveRanges);
        StrikeRead(new FaultEffect.Replace(), rangeStart: 2 * Range);

        var (content, failure) = await ReadAsync(Open(new CloudStorageOptions { RangeBytes = Range, ParallelRanges = 1 }), version);

        Assert.Contains($"gs://bucket/a (generation {version.Version})", Assert.IsType<ObjectChangedException>(failure).Message, StringComparison.Ordinal);
        Assert.Equal(FiveRanges[..(2 * Range)], content);
        Assert.Equal(3, Requests.Length);
    }

    [Fact]
    public async Task Read_ServiceStaysBusy_FailsWithOneErrorThatNamesAll()
    {
        var version = await PutAsync(FiveRanges);
        StrikeRead(new FaultEffect.Status(503), rangeStart: Range, count: int.MaxValue);

        var (content, failure) = await ReadAsync(Open(SmallPieces), version);

        AssertFailure(failure, version, $"at byte {Range} after 3 attempts", "HTTP status 503 (A scripted fault: 503). Try again later; CloudStorage:MaxAttempts allows more attempts.");
        Assert.Equal(FiveRanges[..Range], content);
    }

    [Theory]
    [InlineData(400, "Trying again won't help")]
    [InlineData(403, "Give the account of this process roles/storage.objectViewer on the bucket 'bucket'.")]
    [InlineData(409, "Trying again won't help")]
    [InlineData(416, "Trying again won't help")]
    public async Task Read_Refused_FailsAfterOneRequest(int status, string wayOut)
    {
        var version = await PutAsync(OneRange);
        StrikeRead(new FaultEffect.Status(status), count: int.MaxValue);

        var (_, failure) = await ReadAsync(Open(SmallPieces), version);

        var exception = Assert.IsType<StorageException>(failure);
        Assert.Contains($"(generation {version.Version}) can't be read at byte 0 after 1 attempt: HTTP status {status}", exception.Message, StringComparison.Ordinal);
        Assert.Contains(wayOut, exception.Message, StringComparison.Ordinal);
        Assert.False(exception.IsTransient);
        Assert.Single(Requests);
    }

    [Fact]
    public async Task Read_StoredWithContentEncodingGzip_GivesTheStoredBytes()
    {
        using var zipped = new MemoryStream();
        await using (var zip = new System.IO.Compression.GZipStream(zipped, System.IO.Compression.CompressionLevel.Fastest, leaveOpen: true))
        {
            await zip.WriteAsync(Pattern(Range * 2), None);
        }

        Server.Put(BucketOnEmulator.Bucket, "a", zipped.ToArray(), contentEncoding: "gzip");
        var version = await Open(SmallPieces).FindAsync("a", None);

        var (content, failure) = await ReadAsync(Open(SmallPieces), version!);

        Assert.Null(failure);
        Assert.Equal(zipped.ToArray(), content);
    }

    [Fact]
    public async Task Read_SizeDiffersFromTheVersions_IsRefused()
    {
        var version = await PutAsync(OneRange);

        var (content, failure) = await ReadAsync(Open(SmallPieces), version with { SizeBytes = OneRange.Length - 1 });

        Assert.Contains("the service has 200000 bytes of it and not 199999", Assert.IsType<StorageException>(failure).Message, StringComparison.Ordinal);
        Assert.Empty(content);
    }

    private static void AssertFailure(Exception? failure, StoredObject version, params string[] parts)
    {
        var exception = Assert.IsType<StorageException>(failure);
        Assert.True(exception.IsTransient);
        Assert.StartsWith($"gs://bucket/a (generation {version.Version}) can't be read ", exception.Message, StringComparison.Ordinal);
        Assert.All(parts, part => Assert.Contains(part, exception.Message, StringComparison.Ordinal));
    }

    private static void AssertResumed(string? range, long start, long end, bool isExact)
    {
        // A reset may overtake bytes on their way, and then nothing at all may have come.
        Assert.True(isExact ? range == $"bytes={start + 100_000}-{end - 1}" : range is null || range.EndsWith($"-{end - 1}", StringComparison.Ordinal), range);
    }

    private async Task AssertReadAsync(byte[] expected, int requests, CloudStorageOptions? options = null)
    {
        var version = await PutAsync(expected);

        var (content, failure) = await ReadAsync(Open(options ?? SmallPieces), version);

        Assert.Null(failure);
        Assert.Equal(expected, content);
        Assert.Equal(requests, Requests.Length);
    }
}
