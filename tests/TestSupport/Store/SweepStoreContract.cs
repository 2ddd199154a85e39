using CloudSweep.Core.Ports.Store;

namespace CloudSweep.TestSupport.Store;

/// <summary>What every sweep store must do. Derive once per adapter; <see cref="Store"/> is new and empty for every test.</summary>
public abstract partial class SweepStoreContract
{
    private static CancellationToken None => TestContext.Current.CancellationToken;

    protected abstract ISweepStore Store { get; }

    private async Task WriteAsync(Action<IStoreTransaction> work) => await Store.WriteAsync(
        transaction =>
        {
            work(transaction);
            return true;
        },
        None);

    private Task<T> ReadAsync<T>(Func<IStoreView, T> work) => Store.ReadAsync(work, None);

    private Task<IReadOnlyList<string>> ContentAsync() => ReadAsync(StoreText.OfAll);

    /// <summary>Stores sweeps with jobs 1, 2 and 3.</summary>
    private Task AddSweepsAsync(params string[] names) => WriteAsync(transaction =>
    {
        foreach (var name in names)
        {
            transaction.InsertSweep(StoreSamples.Sweep(name));
            transaction.InsertJobs([StoreSamples.Job(name, 1), StoreSamples.Job(name, 2), StoreSamples.Job(name, 3)]);
        }
    });

    /// <summary>Asserts that the work is refused and leaves nothing behind.</summary>
    private async Task AssertRefusedAsync(Action<IStoreTransaction> work)
    {
        var before = await ContentAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(() => WriteAsync(work));

        Assert.Equal(before, await ContentAsync());
    }
}
