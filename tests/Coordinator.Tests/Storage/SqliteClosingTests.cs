using CloudSweep.Core.Domain;
using CloudSweep.TestSupport.Store;

namespace CloudSweep.Coordinator.Tests.Storage;

public sealed class SqliteClosingTests : IDisposable
{
    private readonly StateFolder _folder = new();

    private static CancellationToken None => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task AnyCall_AfterClosing_SaysThatTheStoreIsClosed()
    {
        var store = _folder.Open();
        await store.DisposeAsync();
        await store.DisposeAsync();

        var write = await Assert.ThrowsAsync<StoreUnavailableException>(() => store.WriteAsync(_ => true, None));
        var read = await Assert.ThrowsAsync<StoreUnavailableException>(() => store.ReadAsync(_ => true, None));

        Assert.Equal(["The store is closed.", "The store is closed."], [write.Message, read.Message]);
    }

    [Fact]
    public async Task Dispose_WritesWait_CarriesThemOut()
    {
        var store = _folder.Open();
        var writes = Enumerable.Range(0, 50).Select(number => store.WriteAsync(
            transaction =>
            {
                transaction.InsertSweep(StoreSamples.Sweep($"s{number}"));
                return true;
            },
            None)).ToArray();

        await store.DisposeAsync();

        await Task.WhenAll(writes);
        await using var again = _folder.Open();
        Assert.Equal(50, await again.ReadAsync(view => view.ListSweeps().Count, None));
    }

    [Fact]
    public async Task Dispose_ReadIsUnfinished_WaitsForIt()
    {
        var store = _folder.Open();
        var hasBegun = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var mayEnd = new ManualResetEventSlim();
        var read = store.ReadAsync(
            view =>
            {
                hasBegun.SetResult();
                mayEnd.Wait(None);
                return view.ListSweeps().Count;
            },
            None);
        await hasBegun.Task;

        var closing = store.DisposeAsync().AsTask();
        Assert.False(closing.IsCompleted);
        mayEnd.Set();

        Assert.Equal(0, await read);
        await closing;
        Assert.Empty(Directory.EnumerateFiles(_folder.Path, "*-wal"));
    }
}
