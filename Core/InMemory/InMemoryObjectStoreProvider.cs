using System.Collections.Concurrent;
using CloudSweep.Core.Ports.Objects;

namespace CloudSweep.Core.InMemory;

/// <summary>Buckets in memory, each made when it is first opened.</summary>
public sealed class InMemoryObjectStoreProvider(string scheme) : IObjectStoreProvider
{
    private readonly ConcurrentDictionary<string, InMemoryObjectStore> _buckets = new(StringComparer.Ordinal);

    public string Scheme => scheme;

    public IObjectStore Open(string root) => _buckets.GetOrAdd(root, _ => new InMemoryObjectStore());
}
