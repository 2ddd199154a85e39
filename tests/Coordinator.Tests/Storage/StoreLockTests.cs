using CloudSweep.Core.Domain;

namespace CloudSweep.Coordinator.Tests.Storage;

public sealed class StoreLockTests : IDisposable
{
    private readonly StateFolder _folder = new();

    private static CancellationToken None => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Open_FolderInUse_IsRefusedAndDisturbsNobody()
    {
        await using var first = _folder.Open();

        var exception = Assert.Throws<StoreUnavailableException>(_folder.Open);

        Assert.Contains($"The state folder {_folder.Path} is in use by another CloudSweep process", exception.Message, StringComparison.Ordinal);
        Assert.Contains("--state", exception.Message, StringComparison.Ordinal);
        Assert.True(await first.WriteAsync(_ => true, None));
        Assert.Throws<StoreUnavailableException>(_folder.Open);
    }

    [Fact]
    public async Task Open_FolderUnderAnotherName_IsRefused()
    {
        await using var first = _folder.Open();
        var link = _folder.Path + "-link";
        Directory.CreateSymbolicLink(link, _folder.Path);

        Assert.Throws<StoreUnavailableException>(() => new Coordinator.Storage.SqliteSweepStore(link));
    }

    [Fact]
    public async Task Open_AfterClosing_Works()
    {
        for (var time = 0; time < 3; time++)
        {
            await using var store = _folder.Open();
        }
    }

    [Fact]
    public async Task Open_LockFileOfADeadProcess_Works()
    {
        Directory.CreateDirectory(_folder.Path);
        await File.WriteAllTextAsync(Path.Combine(_folder.Path, "cloudsweep.lock"), "12345678901234567890", None);

        await using var store = _folder.Open();

        Assert.True(await store.WriteAsync(_ => true, None));
    }
}
