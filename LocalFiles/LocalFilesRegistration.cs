using CloudSweep.Core.Ports.Objects;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CloudSweep.LocalFiles;

/// <summary>Adds objects in folders of this machine.</summary>
public static class LocalFilesRegistration
{
    /// <summary>Adds <see cref="ObjectStores"/> and the folders of this machine to them.</summary>
    public static IServiceCollection AddLocalObjects(this IServiceCollection services)
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IObjectStoreProvider, LocalObjectStoreProvider>());
        services.TryAddSingleton<ObjectStores>();
        return services;
    }
}
