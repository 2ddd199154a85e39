using CloudSweep.Core.Ports.Store;
using Microsoft.Extensions.Options;

namespace CloudSweep.Coordinator.Storage;

internal static class StorageRegistration
{
    /// <summary>Registers the SQLite store. It opens at the first use; the host's start is one.</summary>
    public static IServiceCollection AddStorage(this IServiceCollection services)
    {
        services.AddSingleton<ISweepStore>(provider => new SqliteSweepStore(
            provider.GetRequiredService<IOptions<StorageOptions>>().Value.Directory));
        return services;
    }
}
