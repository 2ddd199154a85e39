using CloudSweep.Core.Ports.Objects;
using CloudSweep.LocalFiles;
using CloudSweep.TestSupport;

namespace CloudSweep.Worker.Tests.LocalFiles;

public sealed class LocalObjectStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly LocalObjectStore _store;

    public LocalObjectStoreTests() => _store = new LocalObjectStore(Root);

    private string Root => _folder["store"];

    private static CancellationToken None => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("s//1")]
    [InlineData("s/")]
    [InlineData("s/.new-1")]
    [InlineData(".new-s/1")]
    public async Task AnyCall_NameThatNoFileCanHave_IsRefused(string name)
    {
        await Assert.ThrowsAnyAsync<ArgumentException>(() => WriteAsync(name, WriteCondition.None));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => _store.FindAsync(name, None));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => _store.DeleteAsync(name, None));
    }

    [Fact]
    public async Task Write_Always_IsForTheOwnerOnly()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file modes.");

        await WriteAsync("s/1/1-2", WriteCondition.IsAbsent);
        await WriteAsync("s/1/1-2", WriteCondition.None);

        const UnixFileMode others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
            | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
        var entries = Directory.EnumerateFileSystemEntries(Root, "*", SearchOption.AllDirectories).Append(Root);
        Assert.All(entries, entry => Assert.Equal(default, new FileInfo(entry).UnixFileMode & others));
    }

    [Fact]
    public async Task Write_ContentFails_LeavesNoFile()
    {
        await Assert.ThrowsAsync<IOException>(() => _store.WriteAsync("s/1", (_, _) => throw new IOException("no content"), WriteCondition.None, None));

        Assert.Empty(Directory.EnumerateFiles(Root, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Write_SameLengthAtOnce_IsAnotherVersion()
    {
        var versions = new List<string>();
        for (var i = 0; i < 50; i++)
        {
            versions.Add((await WriteAsync("s/1", WriteCondition.None)).Version);
        }

        Assert.All(versions.Zip(versions.Skip(1)), pair => Assert.NotEqual(pair.First, pair.Second));
    }

    [Fact]
    public async Task Write_FolderIsAFile_TellsThePath()
    {
        await File.WriteAllTextAsync(Root, "a file", None);

        var exception = await Assert.ThrowsAsync<StorageException>(() => WriteAsync("s/1", WriteCondition.None));

        Assert.Contains(Root, exception.Message, StringComparison.Ordinal);
        Assert.False(exception.IsTransient);
    }

    [Fact]
    public async Task Read_WrittenToMeanwhile_ThrowsObjectChanged()
    {
        var version = await WriteAsync("s/1", WriteCondition.None);
        await using var stream = await _store.OpenAsync(version, None);
        await File.AppendAllTextAsync(Path.Combine(Root, "s/1"), "more", None);

        await Assert.ThrowsAsync<ObjectChangedException>(() => stream.CopyToAsync(Stream.Null, None));
    }

    [Fact]
    public async Task AnyCall_LinkThatLeadsOut_IsNotFollowed()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a privilege on Windows.");
        Directory.CreateDirectory(_folder["outside"]);
        await File.WriteAllTextAsync(_folder["outside/secret"], "secret", None);
        await WriteAsync("mine", WriteCondition.None);
        Directory.CreateSymbolicLink(Path.Combine(Root, "link"), _folder["outside"]);
        File.CreateSymbolicLink(Path.Combine(Root, "file"), _folder["outside/secret"]);

        foreach (var name in (string[])["link/secret", "file"])
        {
            await Assert.ThrowsAsync<StorageException>(() => _store.FindAsync(name, None));
            await Assert.ThrowsAsync<StorageException>(() => _store.OpenAsync(new StoredObject(name, 6, "1", null), None));
            await Assert.ThrowsAsync<StorageException>(() => WriteAsync(name, WriteCondition.None));
            await Assert.ThrowsAsync<StorageException>(() => _store.DeleteAsync(name, None));
        }

        Assert.Equal(["mine"], await _store.ListAsync("", None).Select(stored => stored.Name).ToArrayAsync(None));
        Assert.Equal("secret", await File.ReadAllTextAsync(_folder["outside/secret"], None));
    }

    private Task<StoredObject> WriteAsync(string name, WriteCondition condition) =>
        _store.WriteAsync(name, (stream, token) => stream.WriteAsync("content"u8.ToArray(), token).AsTask(), condition, None);
}
