using CloudSweep.Core.Ports.Objects;
using CloudSweep.GoogleCloud.Credentials;
using CloudSweep.GoogleCloud.Storage.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CloudSweep.GoogleCloud.Storage;

/// <summary>Opens buckets of Cloud Storage, or of the emulator that STORAGE_EMULATOR_HOST names.</summary>
internal sealed class GcsObjectStoreProvider(
    IOptions<CloudStorageOptions> options, IConfiguration configuration, AccessTokens tokens, TimeProvider timeProvider, ILogger<StorageClient> logger)
    : IObjectStoreProvider, IDisposable
{
    private readonly HttpClient _http = StorageClient.CreateHttpClient();

    public string Scheme => ObjectLocation.CloudStorageScheme;

    public IObjectStore Open(string root)
    {
        ArgumentException.ThrowIfNullOrEmpty(root);
        var (endpoint, _) = StorageEndpoint.Read(options.Value.EmulatorDetection, StorageEndpoint.FindEmulator(configuration));
        return new GcsObjectStore(root, new StorageClient(_http, endpoint, tokens, options.Value, timeProvider, Random.Shared, logger));
    }

    public void Dispose() => _http.Dispose();
}
