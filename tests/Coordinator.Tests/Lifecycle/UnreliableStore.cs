using CloudSweep.Core.Domain;
using CloudSweep.Core.Ports.Store;

namespace CloudSweep.Coordinator.Tests.Lifecycle;

/// <summary>A store that can't be reached while a test says so.</summary>
internal sealed class UnreliableStore(ISweepStore store) : ISweepStore
{
    public bool IsDown { get; set; }

    public Task<T> WriteAsync<T>(Func<IStoreTransaction, T> work, CancellationToken cancellationToken) =>
        IsDown ? throw new StoreUnavailableException("The store is down.") : store.WriteAsync(work, cancellationToken);

    public Task<T> ReadAsync<T>(Func<IStoreView, T> work, CancellationToken cancellationToken) =>
        IsDown ? throw new StoreUnavailableException("The store is down.") : store.ReadAsync(work, cancellationToken);
}
