using CloudSweep.Core.Ports.Objects;

namespace CloudSweep.LocalFiles;

/// <summary>Opens folders of this machine.</summary>
internal sealed class LocalObjectStoreProvider : IObjectStoreProvider
{
    public string Scheme => ObjectLocation.FileScheme;

    public IObjectStore Open(string root) => new LocalObjectStore(root);
}
