using CloudSweep.Core.Domain;
using CloudSweep.Core.Ports.Store;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CloudSweep.Cli.Hosting;

/// <summary>The Coordinator's store, which raises an alarm when a write fails. With one disk and one process nobody else will mend it.</summary>
internal sealed class AlarmedSweepStore(ISweepStore store, StoreAlarm alarm) : ISweepStore, IAsyncDisposable
{
    /// <summary>Puts the alarm before the store that is registered.</summary>
    public static void Wrap(IServiceCollection services, StoreAlarm alarm)
    {
        var create = services.Single(service => service.ServiceType == typeof(ISweepStore)).ImplementationFactory
            ?? throw new InvalidOperationException("The store is registered without a factory.");
        services.Replace(ServiceDescriptor.Singleton<ISweepStore>(provider => new AlarmedSweepStore((ISweepStore)create(provider), alarm)));
    }

    public async Task<T> WriteAsync<T>(Func<IStoreTransaction, T> work, CancellationToken cancellationToken)
    {
        try
        {
            return await store.WriteAsync(work, cancellationToken);
        }
        catch (StoreUnavailableException exception)
        {
            alarm.Raise(exception);
            throw;
        }
    }

    public Task<T> ReadAsync<T>(Func<IStoreView, T> work, CancellationToken cancellationToken) => store.ReadAsync(work, cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (store is IAsyncDisposable disposable)
        {
            await disposable.DisposeAsync();
        }
    }
}
