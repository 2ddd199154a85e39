using CloudSweep.Core.Ports.Objects;
using CloudSweep.GoogleCloud.Credentials;
using CloudSweep.GoogleCloud.Storage.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace CloudSweep.GoogleCloud.Storage;

/// <summary>Opens buckets of Cloud Storage, or of the emulator that STORAGE_EMULATOR_HOST names.</summary>
internal sealed class GcsObjectStoreProvider(IOptions<CloudStorageOptions> options, IConfiguration configuration, AccessTokens tokens, TimeProvider timeProvider)
    : IObjectStoreProvider, IDisposable
{
    private readonly HttpClient _http = StorageClient.CreateHttpClient();

    public string Scheme => ObjectLocation.CloudStorageScheme;

    public IObjectStore Open(string root)
    {
        ArgumentException.ThrowIfNullOrEmpty(root);
        var (endpoint, _) = StorageEndpoint.Read(options.Value.EmulatorDetection, StorageEndpoint.FindEmulator(configuration));
        var client = new StorageClient(_http, endpoint, tokens, options.Value, timeProvider);
        return new GcsObjectStore(root, client, options.Value, timeProvider, Random.Shared);
    }

    public void Dispose() => _http.Dispose();
}
