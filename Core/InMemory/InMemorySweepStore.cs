using CloudSweep.Core.Ports.Store;

namespace CloudSweep.Core.InMemory;

/// <summary>Keeps everything in memory and loses it with the process. For tests, and for anyone who wants no file.</summary>
public sealed class InMemorySweepStore : ISweepStore, IDisposable
{
    private readonly SemaphoreSlim _writer = new(1, 1);
    private volatile StoreSnapshot _snapshot = StoreSnapshot.Empty;

    public async Task<T> WriteAsync<T>(Func<IStoreTransaction, T> work, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(work);
        await _writer.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var transaction = new InMemoryTransaction(_snapshot);
            var result = work(transaction);
            _snapshot = transaction.Snapshot;
            return result;
        }
        finally
        {
            _writer.Release();
        }
    }

    public Task<T> ReadAsync<T>(Func<IStoreView, T> work, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(work);
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(work(new InMemoryView(_snapshot)));
    }

    public void Dispose() => _writer.Dispose();
}
