using CloudSweep.Core.Ports.Objects;
using CloudSweep.GoogleCloud.Storage.Http;

namespace CloudSweep.GoogleCloud.Storage;

/// <summary>Opens buckets of Cloud Storage, or of the emulator that STORAGE_EMULATOR_HOST names.</summary>
internal sealed class GcsObjectStoreProvider(StorageClient client) : IObjectStoreProvider
{
    public string Scheme => ObjectLocation.CloudStorageScheme;

    public IObjectStore Open(string root)
    {
        ArgumentException.ThrowIfNullOrEmpty(root);
        return new GcsObjectStore(root, client);
    }
}
