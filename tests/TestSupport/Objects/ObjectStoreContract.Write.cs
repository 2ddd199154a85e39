using CloudSweep.Core.Ports.Objects;

namespace CloudSweep.TestSupport.Objects;

public abstract partial class ObjectStoreContract
{
    [Fact]
    public async Task Write_Replaces_IsAnotherVersion()
    {
        var first = await WriteAsync("a", "first");
        var second = await WriteAsync("a", "the second");

        Assert.NotEqual(first.Version, second.Version);
        Assert.Equal("the second", await ReadAsync("a"));
        Assert.Equal(["a"], await ListAsync(""));
    }

    [Fact]
    public async Task Write_IsAbsentWhereNoneIs_IsWritten()
    {
        await WriteAsync("a", "first", WriteCondition.IsAbsent);
        await Store.DeleteAsync("a", None);

        await WriteAsync("a", "again", WriteCondition.IsAbsent);

        Assert.Equal("again", await ReadAsync("a"));
    }

    [Theory]
    [InlineData("second")]
    [InlineData("first")]
    public async Task Write_IsAbsentWhereOneIs_ThrowsConflictAndKeepsIt(string content)
    {
        var first = await WriteAsync("a", "first", WriteCondition.IsAbsent);

        await Assert.ThrowsAsync<ObjectConflictException>(() => WriteAsync("a", content, WriteCondition.IsAbsent));

        Assert.Equal("first", await ReadAsync("a"));
        Assert.Equal(first.Version, (await Store.FindAsync("a", None))!.Version);
    }

    [Fact]
    public async Task Write_NamesDifferInCase_AreTwo()
    {
        await WriteAsync("s/a", "first");
        await WriteAsync("s/A", "second");

        Assert.Equal("first", await ReadAsync("s/a"));
        Assert.Equal("second", await ReadAsync("s/A"));
    }

    [Fact]
    public async Task Write_IsAbsentFromMany_IsAcceptedOnce()
    {
        var writes = WriteFromMany(WriteCondition.IsAbsent);
        await ((Task)Task.WhenAll(writes)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        var winner = Assert.Single(Enumerable.Range(0, writes.Length), number => writes[number].IsCompletedSuccessfully);
        Assert.All(writes.Where(write => write.IsFaulted), write => Assert.IsType<ObjectConflictException>(write.Exception!.InnerException));
        Assert.Equal($"writer {winner}", await ReadAsync("a"));
        Assert.Equal(["a"], await ListAsync(""));
    }

    [Fact]
    public async Task Write_FromManyWithoutCondition_LeavesOneOfThemWhole()
    {
        var writes = WriteFromMany(WriteCondition.None);
        await Task.WhenAll(writes);

        Assert.Contains(await ReadAsync("a"), Enumerable.Range(0, writes.Length).Select(number => $"writer {number}"));
        Assert.Equal(["a"], await ListAsync(""));
    }

    [Theory]
    [InlineData(100_000)]
    [InlineData(9_000_000)]
    public async Task Write_Unfinished_IsNotThereYet(int size)
    {
        var hasWritten = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var mayFinish = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var writing = Store.WriteAsync(
            "a",
            async (stream, token) =>
            {
                await stream.WriteAsync(new byte[size], token);
                await stream.FlushAsync(token);
                hasWritten.SetResult();
                await mayFinish.Task;
            },
            WriteCondition.IsAbsent,
            None);
        await Task.WhenAny(hasWritten.Task, writing);

        Assert.Null(await Store.FindAsync("a", None));
        Assert.Empty(await ListAsync(""));

        mayFinish.SetResult();
        Assert.Equal(size, (await writing).SizeBytes);
        Assert.Equal(["a"], await ListAsync(""));
    }

    [Theory]
    [InlineData(100_000)]
    [InlineData(9_000_000)]
    public async Task Write_ContentFails_ThrowsTheSameAndNothingIsThere(int size)
    {
        var failure = new InvalidDataException("no more content");

        var thrown = await Assert.ThrowsAsync<InvalidDataException>(() => Store.WriteAsync(
            "a",
            async (stream, token) =>
            {
                await stream.WriteAsync(new byte[size], token);
                throw failure;
            },
            WriteCondition.None,
            None));

        Assert.Same(failure, thrown);
        Assert.Null(await Store.FindAsync("a", None));
        Assert.Empty(await ListAsync(""));
        await WriteAsync("a", "again", WriteCondition.IsAbsent);
        Assert.Equal("again", await ReadAsync("a"));
    }

    [Fact]
    public async Task Write_ContentFailsOverAnObject_KeepsIt()
    {
        var first = await WriteAsync("a", "first");

        await Assert.ThrowsAsync<InvalidDataException>(() => Store.WriteAsync("a", (_, _) => throw new InvalidDataException("no content"), WriteCondition.None, None));

        Assert.Equal("first", await ReadAsync("a"));
        Assert.Equal(first.Version, (await Store.FindAsync("a", None))!.Version);
    }

    [Fact]
    public async Task Write_CancelledWhileWriting_ThrowsAndNothingIsThere()
    {
        using var cancellation = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.WriteAsync(
            "a",
            async (stream, _) =>
            {
                await stream.WriteAsync(new byte[10], None);
                await cancellation.CancelAsync();
            },
            WriteCondition.None,
            cancellation.Token));

        Assert.Null(await Store.FindAsync("a", None));
        Assert.Empty(await ListAsync(""));
    }

    private Task<StoredObject>[] WriteFromMany(WriteCondition condition)
    {
        var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var writes = Enumerable.Range(0, 8).Select(number => Store.WriteAsync(
            "a",
            async (stream, token) =>
            {
                await start.Task;
                await stream.WriteAsync(System.Text.Encoding.UTF8.GetBytes($"writer {number}"), token);
            },
            condition,
            None)).ToArray();
        start.SetResult();
        return writes;
    }
}
