using System.Text;
using CloudSweep.Core.Ports;

namespace CloudSweep.TestSupport.Checkpoints;

/// <summary>What every checkpoint store must do. Derive once per adapter; <see cref="Store"/> is new and empty for every test.</summary>
public abstract class CheckpointStoreContract
{
    private static CancellationToken None => TestContext.Current.CancellationToken;

    protected abstract ICheckpointStore Store { get; }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(300_000)]
    public async Task Create_NewName_ComesBackWithItsSize(int size)
    {
        var content = Enumerable.Range(0, size).Select(index => (byte)(index * 31)).ToArray();

        var sizeBytes = await Store.CreateAsync("s/1/1-2", (stream, token) => stream.WriteAsync(content, token).AsTask(), None);

        Assert.Equal(size, sizeBytes);
        await using var stream = await Store.OpenAsync("s/1/1-2", None);
        using var copy = new MemoryStream();
        await stream!.CopyToAsync(copy, None);
        Assert.Equal(content, copy.ToArray());
    }

    [Fact]
    public async Task Create_NameExists_IsRefusedAndKeepsTheFirst()
    {
        await CreateAsync("s/1/1-2", "first");

        await Assert.ThrowsAsync<IOException>(() => CreateAsync("s/1/1-2", "second"));

        Assert.Equal("first", await ReadAsync("s/1/1-2"));
        Assert.Equal(["s/1/1-2"], await Store.ListAsync("", None));
    }

    [Fact]
    public async Task Create_NamesDifferInCase_AreTwo()
    {
        await CreateAsync("s/1/1-a", "first");
        await CreateAsync("s/1/1-A", "second");

        Assert.Equal("first", await ReadAsync("s/1/1-a"));
        Assert.Equal("second", await ReadAsync("s/1/1-A"));
    }

    [Fact]
    public async Task Create_OneNameFromMany_IsAcceptedOnce()
    {
        var isOpen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var attempts = Enumerable.Range(0, 8).Select(number => Store.CreateAsync(
            "s/1/1-2",
            async (stream, token) =>
            {
                await isOpen.Task;
                await stream.WriteAsync(Encoding.UTF8.GetBytes($"writer {number}"), token);
            },
            None)).ToArray();

        isOpen.SetResult();
        await ((Task)Task.WhenAll(attempts)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        var winner = Assert.Single(Enumerable.Range(0, 8), number => attempts[number].IsCompletedSuccessfully);
        Assert.All(attempts.Where(attempt => attempt.IsFaulted), attempt => Assert.IsAssignableFrom<IOException>(attempt.Exception!.InnerException));
        Assert.Equal($"writer {winner}", await ReadAsync("s/1/1-2"));
        Assert.Equal(["s/1/1-2"], await Store.ListAsync("", None));
    }

    [Fact]
    public async Task Create_Unfinished_IsNotThereYet()
    {
        var hasWritten = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var isOpen = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var creation = Store.CreateAsync(
            "s/1/1-2",
            async (stream, token) =>
            {
                await stream.WriteAsync(new byte[100_000], token);
                await stream.FlushAsync(token);
                hasWritten.SetResult();
                await isOpen.Task;
            },
            None);
        await hasWritten.Task;

        Assert.Null(await Store.OpenAsync("s/1/1-2", None));
        Assert.Empty(await Store.ListAsync("", None));

        isOpen.SetResult();
        Assert.Equal(100_000, await creation);
        Assert.Equal(["s/1/1-2"], await Store.ListAsync("", None));
    }

    [Fact]
    public async Task Create_WriteFails_ThrowsTheSameAndNothingIsThere()
    {
        var failure = new IOException("disk full");

        var thrown = await Assert.ThrowsAsync<IOException>(() => Store.CreateAsync(
            "s/1/1-2",
            async (stream, token) =>
            {
                await stream.WriteAsync(new byte[100_000], token);
                throw failure;
            },
            None));

        Assert.Same(failure, thrown);
        await AssertNothingAsync();
        await CreateAsync("s/1/1-2", "again");
        Assert.Equal("again", await ReadAsync("s/1/1-2"));
    }

    [Fact]
    public async Task Create_CancelledWhileWriting_ThrowsAndNothingIsThere()
    {
        using var cancellation = new CancellationTokenSource();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.CreateAsync(
            "s/1/1-2",
            async (stream, _) =>
            {
                await stream.WriteAsync(new byte[10], None);
                await cancellation.CancelAsync();
            },
            cancellation.Token));

        await AssertNothingAsync();
    }

    [Fact]
    public async Task Open_Missing_IsNull()
    {
        Assert.Null(await Store.OpenAsync("s/1/1-2", None));
        await CreateAsync("s/1/1-2", "x");

        Assert.Null(await Store.OpenAsync("s/1/1-3", None));
        Assert.Null(await Store.OpenAsync("s/2/1-2", None));
    }

    [Fact]
    public async Task Open_TwiceAtOnce_ReadsTheWholeTwice()
    {
        await CreateAsync("s/1/1-2", "content");

        await using var first = await Store.OpenAsync("s/1/1-2", None);
        Assert.Equal('c', first!.ReadByte());

        Assert.Equal("content", await ReadAsync("s/1/1-2"));
    }

    [Fact]
    public async Task Delete_Existing_IsGoneAndOthersStay()
    {
        await CreateAsync("s/1/1-2", "x");
        await CreateAsync("s/1/1-3", "y");

        await Store.DeleteAsync("s/1/1-2", None);

        Assert.Null(await Store.OpenAsync("s/1/1-2", None));
        Assert.Equal(["s/1/1-3"], await Store.ListAsync("", None));
        Assert.Equal("y", await ReadAsync("s/1/1-3"));
    }

    [Fact]
    public async Task Delete_Missing_IsNoError()
    {
        await Store.DeleteAsync("s/1/1-2", None);
        await CreateAsync("s/1/1-2", "x");
        await Store.DeleteAsync("s/1/1-2", None);
        await Store.DeleteAsync("s/1/1-2", None);

        await AssertNothingAsync();
    }

    [Fact]
    public async Task List_Prefix_HasThoseNamesInOrdinalOrder()
    {
        string[] names = ["s/10/1-1", "s/1/1-10", "s/1/1-9", "s-2/1/1-1", "S/1/1-1", "t/1/1-1"];
        foreach (var name in names)
        {
            await CreateAsync(name, "x");
        }

        Assert.Equal(["S/1/1-1", "s-2/1/1-1", "s/1/1-10", "s/1/1-9", "s/10/1-1", "t/1/1-1"], await Store.ListAsync("", None));
        Assert.Equal(["s/1/1-10", "s/1/1-9"], await Store.ListAsync("s/1/", None));
        Assert.Equal(["s/1/1-10", "s/1/1-9", "s/10/1-1"], await Store.ListAsync("s/1", None));
        Assert.Empty(await Store.ListAsync("x", None));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("/etc/passwd")]
    [InlineData("..")]
    [InlineData("../outside")]
    [InlineData("s/../../outside")]
    [InlineData("s/./1")]
    [InlineData("s//1")]
    [InlineData("s/1/")]
    [InlineData("s/.new-1")]
    [InlineData("s\\1")]
    [InlineData("s/1\n")]
    [InlineData("s/\0")]
    [InlineData("s/a b")]
    [InlineData("s/C:")]
    [InlineData("s/ü")]
    public async Task AnyCall_NameThatIsNone_IsRefused(string name)
    {
        var hasWritten = false;

        await Assert.ThrowsAnyAsync<ArgumentException>(() => Store.CreateAsync(name, (_, _) => Task.FromResult(hasWritten = true), None));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Store.OpenAsync(name, None));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Store.DeleteAsync(name, None));

        Assert.False(hasWritten);
        Assert.Empty(await Store.ListAsync("", None));
    }

    [Fact]
    public async Task AnyCall_CancelledBefore_Throws()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await CreateAsync("s/1/1-1", "x");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.CreateAsync("s/1/1-2", (_, _) => Task.CompletedTask, cancelled.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.OpenAsync("s/1/1-1", cancelled.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.DeleteAsync("s/1/1-1", cancelled.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.ListAsync("", cancelled.Token));

        Assert.Equal(["s/1/1-1"], await Store.ListAsync("", None));
    }

    private async Task CreateAsync(string name, string content) =>
        await Store.CreateAsync(name, (stream, token) => stream.WriteAsync(Encoding.UTF8.GetBytes(content), token).AsTask(), None);

    private async Task<string> ReadAsync(string name)
    {
        await using var stream = await Store.OpenAsync(name, None);
        Assert.NotNull(stream);
        using var reader = new StreamReader(stream);
        return await reader.ReadToEndAsync(None);
    }

    private async Task AssertNothingAsync()
    {
        Assert.Null(await Store.OpenAsync("s/1/1-2", None));
        Assert.Empty(await Store.ListAsync("", None));
    }
}
