using CloudSweep.GoogleCloud.Storage.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CloudSweep.GoogleCloud.Storage;

public static class BucketAdministrationRegistration
{
    /// <summary>Adds <see cref="BucketAdministration"/>, beside <see cref="CloudStorageRegistration.AddGoogleCloudStorage"/>.</summary>
    public static IServiceCollection AddBucketAdministration(this IServiceCollection services)
    {
        services.TryAddSingleton(provider => new BucketAdministration(provider.GetRequiredService<StorageClient>()));
        return services;
    }
}
