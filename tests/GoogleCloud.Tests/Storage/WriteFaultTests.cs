using CloudSweep.Core.Ports.Objects;
using CloudSweep.GoogleCloud.Storage;
using CloudSweep.StorageEmulator.Faults;

namespace CloudSweep.GoogleCloud.Tests.Storage;

public sealed class WriteFaultTests : GcsStorageTests
{
    private const int Chunk = 1 << 20;

    private static readonly byte[] OneRequest = Pattern(Chunk);
    private static readonly byte[] ThreeChunks = Pattern((2 * Chunk) + 17);

    private static CloudStorageOptions Options => new()
    {
        WriteChunkBytes = Chunk,
        MaxAttempts = 3,
        RetryDelay = TimeSpan.FromMilliseconds(1),
        LongestRetryDelay = TimeSpan.FromMilliseconds(2),
        IdleTimeout = TimeSpan.FromSeconds(2),
    };

    [Fact]
    public async Task Write_Small_TakesOneRequest()
    {
        await AssertWrittenAsync(OneRequest, "POST");
    }

    [Fact]
    public async Task Write_Empty_TakesOneRequest() => await AssertWrittenAsync([], "POST");

    [Fact]
    public async Task Write_Large_TakesOneRequestForEachChunkAndOneForTheSession()
    {
        await AssertWrittenAsync(ThreeChunks, "POST", "PUT", "PUT", "PUT");
    }

    [Fact]
    public async Task Write_EndsWithAChunk_NeedsNoEmptyOne()
    {
        await AssertWrittenAsync(ThreeChunks[..(2 * Chunk)], "POST", "PUT", "PUT");
    }

    [Theory]
    [InlineData(429)]
    [InlineData(503)]
    public async Task Write_OneRequestFails_IsMadeAgain(int status)
    {
        Strike(new FaultEffect.Status(status), "POST");

        await AssertWrittenAsync(OneRequest, "POST", "POST");
    }

    [Fact]
    public async Task Write_AnswerLostAfterStoring_IsFoundToBeDone()
    {
        Strike(new FaultEffect.LoseAnswer(), "POST");

        await AssertWrittenAsync(OneRequest, "POST", "POST", "GET");
    }

    [Fact]
    public async Task Write_FailsWhileSomebodyElseHasStoredOtherBytes_ThrowsConflict()
    {
        Server.Put(BucketOnEmulator.Bucket, "a", [1, 2, 3]);
        Strike(new FaultEffect.Reset(), "POST");

        await Assert.ThrowsAsync<ObjectConflictException>(() => WriteAsync(Open(Options), OneRequest));

        Assert.Equal(["POST", "POST", "GET"], Requests);
        Assert.Equal([1, 2, 3], Server.Find(BucketOnEmulator.Bucket, "a"));
    }

    [Fact]
    public async Task Write_SessionIsNotOpened_IsOpenedAgain()
    {
        Strike(new FaultEffect.LoseAnswer(), "POST");

        await AssertWrittenAsync(ThreeChunks, "POST", "POST", "PUT", "PUT", "PUT");
    }

    [Fact]
    public async Task Write_ChunkRefused_AsksAndSendsItAgain()
    {
        Strike(new FaultEffect.Status(503), "PUT", first: 2);

        await AssertWrittenAsync(ThreeChunks, "POST", "PUT", "PUT", "PUT", "PUT", "PUT");
        AssertGoesOnAt(Chunk);
    }

    [Fact]
    public async Task Write_ConnectionResetWithinAChunk_SendsOnlyWhatIsMissing()
    {
        Strike(new FaultEffect.Reset(700_000), "PUT", first: 2);

        await AssertWrittenAsync(ThreeChunks, "POST", "PUT", "PUT", "PUT", "PUT", "PUT");
        AssertGoesOnAt(Chunk + 524_288);
    }

    [Fact]
    public async Task Write_AnswerToAChunkLost_GoesOnWithTheNext()
    {
        Strike(new FaultEffect.LoseAnswer(), "PUT", first: 2);

        await AssertWrittenAsync(ThreeChunks, "POST", "PUT", "PUT", "PUT", "PUT");
        AssertGoesOnAt(2 * Chunk);
    }

    [Fact]
    public async Task Write_AnswerToTheLastChunkLost_IsFoundToBeDone()
    {
        Strike(new FaultEffect.LoseAnswer(), "PUT", first: 3);

        await AssertWrittenAsync(ThreeChunks, "POST", "PUT", "PUT", "PUT", "PUT");
    }

    [Fact]
    public async Task Write_ServiceStaysBusyInTheMiddle_FailsWithOneErrorAndLeavesNothing()
    {
        Strike(new FaultEffect.Status(503), "PUT", first: 2, count: int.MaxValue);

        var exception = await Assert.ThrowsAsync<StorageException>(() => WriteAsync(Open(Options), ThreeChunks));

        Assert.StartsWith($"gs://bucket/a can't be written at byte {Chunk} after 3 attempts: HTTP status 503 (A scripted fault: 503). Try again later", exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("upload_id", exception.ToString(), StringComparison.Ordinal);
        Assert.True(exception.IsTransient);
        Assert.Equal(["POST", "PUT", "PUT", "PUT", "PUT", "DELETE"], Requests);
        Assert.Null(Server.Find(BucketOnEmulator.Bucket, "a"));
    }

    [Theory]
    [InlineData(404)]
    [InlineData(410)]
    public async Task Write_SessionIsGone_SaysToWriteAgain(int status)
    {
        Strike(new FaultEffect.Status(status), "PUT", first: 2);

        var exception = await Assert.ThrowsAsync<StorageException>(() => WriteAsync(Open(Options), ThreeChunks));

        Assert.Equal($"gs://bucket/a can't be written at byte {Chunk} after 1 attempt: the upload session is gone. Write the object again.", exception.Message);
        Assert.True(exception.IsTransient);
        Assert.Equal(["POST", "PUT", "PUT", "DELETE"], Requests);
    }

    [Fact]
    public async Task Write_ContentHidesTheFailure_TellsTheFailure()
    {
        Strike(new FaultEffect.Status(403), "PUT");

        var exception = await Assert.ThrowsAsync<StorageException>(() => Open(Options).WriteAsync(
            "a",
            async (stream, token) =>
            {
                var failure = await Record.ExceptionAsync(() => stream.WriteAsync(ThreeChunks, token).AsTask());
                throw new InvalidDataException("hides it", failure);
            },
            WriteCondition.None,
            None));

        Assert.Contains("Give the account of this process roles/storage.objectUser on the bucket 'bucket'.", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Write_ContentGoesOnAfterAFailure_SendsNothingMore()
    {
        Strike(new FaultEffect.Status(403), "PUT");

        var exception = await Assert.ThrowsAsync<StorageException>(() => Open(Options).WriteAsync(
            "a",
            async (stream, token) =>
            {
                await Record.ExceptionAsync(() => stream.WriteAsync(ThreeChunks, token).AsTask());
                await Record.ExceptionAsync(() => stream.WriteAsync(ThreeChunks, token).AsTask());
            },
            WriteCondition.None,
            None));

        Assert.Contains("HTTP status 403", exception.Message, StringComparison.Ordinal);
        Assert.Equal(["POST", "PUT", "DELETE"], Requests);
    }

    [Fact]
    public async Task Write_SynchronousContentIsCancelled_EndsAtOnce()
    {
        using var cancellation = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Open(Options).WriteAsync(
            "a",
            async (stream, _) =>
            {
                await cancellation.CancelAsync();
                await Task.Run(() => stream.Write(ThreeChunks), None);
            },
            WriteCondition.None,
            cancellation.Token));

        Assert.Empty(Requests);
    }

    [Fact]
    public async Task Write_SynchronousContent_IsWritten()
    {
        var version = await Open(Options).WriteAsync(
            "a",
            (stream, token) => Task.Run(() => stream.Write(ThreeChunks), token),
            WriteCondition.None,
            None);

        Assert.Equal(ThreeChunks.Length, version.SizeBytes);
        Assert.Equal(ThreeChunks, Server.Find(BucketOnEmulator.Bucket, "a"));
    }

    private async Task AssertWrittenAsync(byte[] content, params string[] requests)
    {
        var version = await WriteAsync(Open(Options), content);

        Assert.Equal(requests, Requests);
        Assert.Equal(content.Length, version.SizeBytes);
        Assert.Equal(content, Server.Find(BucketOnEmulator.Bucket, "a"));
    }

    /// <summary>The request after the question what has arrived begins where the answer said that the stored bytes end.</summary>
    private void AssertGoesOnAt(long start)
    {
        var puts = Server.Requests.Where(request => request.Method == "PUT").Select(request => request.ContentRange!).ToList();
        var asked = puts.IndexOf("bytes */*");

        Assert.StartsWith($"bytes {start}-", puts[asked + 1], StringComparison.Ordinal);
    }
}
