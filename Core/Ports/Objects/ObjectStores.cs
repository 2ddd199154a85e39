namespace CloudSweep.Core.Ports.Objects;

/// <summary>Every kind of place for objects that a host knows.</summary>
public sealed class ObjectStores(IEnumerable<IObjectStoreProvider> providers)
{
    private readonly Dictionary<string, IObjectStoreProvider> _providers = providers.ToDictionary(provider => provider.Scheme, StringComparer.Ordinal);

    /// <summary>The bucket or folder of <paramref name="location"/>.</summary>
    /// <exception cref="StorageException">This host knows no such places.</exception>
    public IObjectStore Open(ObjectLocation location)
    {
        ArgumentNullException.ThrowIfNull(location);
        return _providers.TryGetValue(location.Scheme, out var provider)
            ? provider.Open(location.Root)
            : throw new StorageException($"'{location}' can't be opened: this host has no access to {location.Scheme}:// set up.", isTransient: false);
    }
}
