using CloudSweep.GoogleCloud.Credentials;
using CloudSweep.GoogleCloud.Storage.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace CloudSweep.GoogleCloud.Storage;

public static class BucketAdministrationRegistration
{
    /// <summary>Adds <see cref="BucketAdministration"/>, beside <see cref="CloudStorageRegistration.AddGoogleCloudStorage"/>.</summary>
    public static IServiceCollection AddBucketAdministration(this IServiceCollection services, IConfiguration configuration)
    {
        services.TryAddSingleton(provider =>
        {
            var options = provider.GetRequiredService<IOptions<CloudStorageOptions>>().Value;
            var time = provider.GetRequiredService<TimeProvider>();
            var (endpoint, _) = StorageEndpoint.Read(options.EmulatorDetection, StorageEndpoint.FindEmulator(configuration));
            var http = StorageClient.CreateHttpClient();
            return new BucketAdministration(http, new StorageClient(http, endpoint, provider.GetRequiredService<AccessTokens>(), options, time), options, time);
        });
        return services;
    }
}
