using CloudSweep.Core.Ports.Objects;
using CloudSweep.GoogleCloud.Credentials;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace CloudSweep.GoogleCloud.Storage;

public static class CloudStorageRegistration
{
    /// <summary>Registers the buckets of Cloud Storage with <see cref="ObjectStores"/>.</summary>
    public static IServiceCollection AddGoogleCloudStorage(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddGoogleCredentials();
        services.AddOptions<CloudStorageOptions>().Bind(configuration.GetSection(CloudStorageOptions.SectionName)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<CloudStorageOptions>>(new CloudStorageOptionsRules(configuration));
        services.AddSingleton<IObjectStoreProvider>(provider => new GcsObjectStoreProvider(
            provider.GetRequiredService<IOptions<CloudStorageOptions>>(),
            configuration,
            provider.GetRequiredService<AccessTokens>(),
            provider.GetRequiredService<TimeProvider>()));
        services.TryAddSingleton<ObjectStores>();
        return services;
    }
}
