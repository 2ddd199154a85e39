using CloudSweep.Core.Ports.Objects;

namespace CloudSweep.TestSupport.Objects;

public abstract partial class ObjectStoreContract
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(300_000)]
    [InlineData(9_000_001)]
    public async Task Read_OfAnySize_ComesBackAsWritten(int size)
    {
        var content = Pattern(size);

        var version = await WriteAsync("s/1", content);

        Assert.Equal(size, version.SizeBytes);
        Assert.Equal(content, await ReadAsync(version));
    }

    [Fact]
    public async Task Read_AfterTheEnd_GivesNothingAgainAndAgain()
    {
        await using var stream = await Store.OpenAsync(await WriteAsync("a", "x"), None);
        var buffer = new byte[10];

        Assert.Equal(1, await stream.ReadAtLeastAsync(buffer, 10, throwOnEndOfStream: false, None));
        Assert.Equal(0, await stream.ReadAsync(buffer, None));
        Assert.Equal(0, await stream.ReadAsync(buffer, None));
    }

    [Fact]
    public async Task Read_TwoStreamsOfOneObject_ReadTheWholeTwice()
    {
        var version = await WriteAsync("a", "content");

        await using var first = await Store.OpenAsync(version, None);
        await first.ReadExactlyAsync(new byte[1], None);

        Assert.Equal("content", await ReadAsync("a"));
    }

    [Fact]
    public async Task Read_LeftHalfWay_DisposesWithoutError()
    {
        var version = await WriteAsync("a", Pattern(3_000_000));

        var stream = await Store.OpenAsync(version, None);
        await stream.ReadExactlyAsync(new byte[1000], None);
        await stream.DisposeAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => stream.ReadExactlyAsync(new byte[1], None).AsTask());
    }

    [Fact]
    public async Task Open_VersionThatWasReplaced_ThrowsObjectChanged()
    {
        var old = await WriteAsync("a", "old");
        await WriteAsync("a", "replaced");

        var exception = await Assert.ThrowsAsync<ObjectChangedException>(() => ReadAsync(old));

        Assert.Contains("a", exception.Message, StringComparison.Ordinal);
        Assert.Equal("replaced", await ReadAsync("a"));
    }

    [Fact]
    public async Task Open_VersionThatWasDeleted_ThrowsObjectChanged()
    {
        var old = await WriteAsync("a", "old");
        await Store.DeleteAsync("a", None);

        await Assert.ThrowsAsync<ObjectChangedException>(() => ReadAsync(old));
    }

    [Fact]
    public async Task Read_ReplacedMeanwhile_NeverMixesVersions()
    {
        var content = Pattern(5_000_000);
        var old = await WriteAsync("a", content);
        await using var stream = await Store.OpenAsync(old, None);
        using var read = new MemoryStream();
        var start = new byte[1000];
        await stream.ReadExactlyAsync(start, None);
        await read.WriteAsync(start, None);

        await WriteAsync("a", new byte[5_000_001]);
        var failure = await Record.ExceptionAsync(() => stream.CopyToAsync(read, None));

        Assert.True(failure is null or ObjectChangedException, failure?.ToString());
        Assert.Equal(content[..(int)read.Length], read.ToArray());
        Assert.True(failure is not null || read.Length == content.Length);
    }
}
