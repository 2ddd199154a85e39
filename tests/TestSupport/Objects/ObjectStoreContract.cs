using System.Text;
using CloudSweep.Core.Ports.Objects;

namespace CloudSweep.TestSupport.Objects;

/// <summary>What every store of objects must do. Derive once per adapter; <see cref="Store"/> is new and empty for every test.</summary>
public abstract partial class ObjectStoreContract
{
    private static CancellationToken None => TestContext.Current.CancellationToken;

    protected abstract IObjectStore Store { get; }

    /// <summary>More objects than two pages of a list hold.</summary>
    protected virtual int ManyObjects => 120;

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("/etc/passwd")]
    [InlineData("..")]
    [InlineData("../outside")]
    [InlineData("s/../../outside")]
    [InlineData("s/..")]
    [InlineData("s/./1")]
    [InlineData("s/1\n")]
    [InlineData("s/\0")]
    public async Task AnyCall_NameThatIsNone_IsRefused(string name)
    {
        var hasWritten = false;

        await Assert.ThrowsAnyAsync<ArgumentException>(() => Store.WriteAsync(name, (_, _) => Task.FromResult(hasWritten = true), WriteCondition.None, None));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Store.FindAsync(name, None));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Store.OpenAsync(new StoredObject(name, 1, "1", null), None));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Store.DeleteAsync(name, None));

        Assert.False(hasWritten);
        Assert.Empty(await ListAsync(""));
    }

    [Fact]
    public async Task AnyCall_CancelledBefore_Throws()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        var version = await WriteAsync("a", "x");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.WriteAsync("b", (_, _) => Task.CompletedTask, WriteCondition.None, cancelled.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.FindAsync("a", cancelled.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.OpenAsync(version, cancelled.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.DeleteAsync("a", cancelled.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Store.ListAsync("", cancelled.Token).ToListAsync(None));

        Assert.Equal(["a"], await ListAsync(""));
    }

    /// <summary>Bytes that repeat at no power of two, so that pieces at wrong places are seen.</summary>
    protected static byte[] Pattern(int size) => [.. Enumerable.Range(0, size).Select(index => (byte)((index * 31) + (index / 251)))];

    protected Task<StoredObject> WriteAsync(string name, string content, WriteCondition condition = WriteCondition.None) =>
        WriteAsync(name, Encoding.UTF8.GetBytes(content), condition);

    protected Task<StoredObject> WriteAsync(string name, byte[] content, WriteCondition condition = WriteCondition.None) =>
        Store.WriteAsync(name, (stream, token) => stream.WriteAsync(content, token).AsTask(), condition, None);

    protected async Task<byte[]> ReadAsync(StoredObject version)
    {
        await using var stream = await Store.OpenAsync(version, None);
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy, None);
        return copy.ToArray();
    }

    /// <summary>The content of the current version as text.</summary>
    protected async Task<string> ReadAsync(string name)
    {
        var version = await Store.FindAsync(name, None);
        Assert.NotNull(version);
        return Encoding.UTF8.GetString(await ReadAsync(version));
    }

    protected async Task<string[]> ListAsync(string prefix) => [.. await Store.ListAsync(prefix, None).Select(version => version.Name).ToListAsync(None)];
}
