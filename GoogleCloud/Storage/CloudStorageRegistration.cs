using CloudSweep.Core.Ports.Objects;
using CloudSweep.GoogleCloud.Credentials;
using CloudSweep.GoogleCloud.Storage.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CloudSweep.GoogleCloud.Storage;

public static class CloudStorageRegistration
{
    /// <summary>Registers the buckets of Cloud Storage with <see cref="ObjectStores"/>.</summary>
    public static IServiceCollection AddGoogleCloudStorage(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddLogging();
        services.AddGoogleCredentials();
        services.AddOptions<CloudStorageOptions>().Bind(configuration.GetSection(CloudStorageOptions.SectionName)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<CloudStorageOptions>>(new CloudStorageOptionsRules(configuration));
        services.TryAddSingleton(provider =>
        {
            var options = provider.GetRequiredService<IOptions<CloudStorageOptions>>().Value;
            var (endpoint, _) = StorageEndpoint.Read(options.EmulatorDetection, StorageEndpoint.FindEmulator(configuration));
            return new StorageClient(
                endpoint,
                provider.GetRequiredService<AccessTokens>(),
                options,
                provider.GetRequiredService<TimeProvider>(),
                Random.Shared,
                provider.GetRequiredService<ILogger<StorageClient>>());
        });
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IObjectStoreProvider, GcsObjectStoreProvider>());
        services.TryAddSingleton<ObjectStores>();
        return services;
    }
}
