using CloudSweep.TestSupport;
using CloudSweep.Worker.Execution.Checkpoints;
using Microsoft.Extensions.Options;

namespace CloudSweep.Worker.Tests.Execution;

public sealed class LocalCheckpointStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly LocalCheckpointStore _store;

    public LocalCheckpointStoreTests() => _store = new LocalCheckpointStore(Options.Create(new CheckpointOptions { Directory = Root }));

    private string Root => _folder["store"];

    private static CancellationToken None => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("/etc/passwd")]
    [InlineData("../outside")]
    [InlineData("sweep/../../outside")]
    [InlineData("sweep//1")]
    [InlineData("sweep/1/")]
    [InlineData("sweep/.new-1")]
    [InlineData("sweep\\1")]
    [InlineData("sweep/1\n")]
    [InlineData("sweep/\0")]
    public async Task AnyCall_NameThatIsNone_Throws(string name)
    {
        await Assert.ThrowsAsync<ArgumentException>(() => _store.CreateAsync(name, (_, _) => Task.CompletedTask, None));
        await Assert.ThrowsAsync<ArgumentException>(() => _store.OpenAsync(name, None));
        await Assert.ThrowsAsync<ArgumentException>(() => _store.DeleteAsync(name, None));
    }

    [Fact]
    public async Task Create_Always_IsForTheOwnerOnly()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no file modes.");

        await _store.CreateAsync("s/1/1-2", (_, _) => Task.CompletedTask, None);

        const UnixFileMode others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
            | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
        var entries = Directory.EnumerateFileSystemEntries(Root, "*", SearchOption.AllDirectories).Append(Root);
        Assert.All(entries, entry => Assert.Equal(default, new FileInfo(entry).UnixFileMode & others));
    }

    [Fact]
    public async Task Create_WriteFails_LeavesNoFile()
    {
        await Assert.ThrowsAsync<IOException>(() => _store.CreateAsync("s/1/1-2", (_, _) => throw new IOException("disk full"), None));

        Assert.Empty(Directory.EnumerateFiles(Root, "*", SearchOption.AllDirectories));
    }
}
