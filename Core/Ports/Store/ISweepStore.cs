namespace CloudSweep.Core.Ports.Store;

/// <summary>The truth about all sweeps. Rules live in the application layer and are written once, over <see cref="IStoreTransaction"/>.</summary>
public interface ISweepStore
{
    /// <summary>Runs <paramref name="work"/> in one serializable, durable transaction. When it throws, nothing has changed and the exception arrives here.</summary>
    /// <param name="work">Quick, free of side effects, and repeatable: a store may run it again after a conflict. Must not keep the transaction.</param>
    /// <param name="cancellationToken">Gives up waiting for a turn; work that has begun is carried out.</param>
    /// <exception cref="Domain.StoreUnavailableException">The store can't be reached.</exception>
    Task<T> WriteAsync<T>(Func<IStoreTransaction, T> work, CancellationToken cancellationToken);

    /// <summary>Runs <paramref name="work"/> on one consistent snapshot that includes every write that completed before the call.</summary>
    /// <exception cref="Domain.StoreUnavailableException">The store can't be reached.</exception>
    Task<T> ReadAsync<T>(Func<IStoreView, T> work, CancellationToken cancellationToken);
}
