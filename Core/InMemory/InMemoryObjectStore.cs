using System.Globalization;
using System.Runtime.CompilerServices;
using CloudSweep.Core.Ports.Objects;

namespace CloudSweep.Core.InMemory;

/// <summary>Keeps objects in memory and loses them with the process. Versions are counted up; CRC-32C is known.</summary>
public sealed class InMemoryObjectStore : IObjectStore
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, (StoredObject Version, byte[] Content)> _objects = new(StringComparer.Ordinal);
    private long _lastVersion;

    public async IAsyncEnumerable<StoredObject> ListAsync(string prefix, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        StoredObject[] found;
        lock (_lock)
        {
            found = [.. _objects.Values.Select(stored => stored.Version).Where(version => version.Name.StartsWith(prefix, StringComparison.Ordinal))];
        }

        foreach (var version in found)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return await Task.FromResult(version).ConfigureAwait(false);
        }
    }

    public Task<StoredObject?> FindAsync(string name, CancellationToken cancellationToken)
    {
        ObjectName.ThrowIfInvalid(name);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            return Task.FromResult(_objects.TryGetValue(name, out var stored) ? stored.Version : null);
        }
    }

    public Task<Stream> OpenAsync(StoredObject version, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(version);
        ObjectName.ThrowIfInvalid(version.Name);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            return _objects.TryGetValue(version.Name, out var stored) && stored.Version.Version == version.Version
                ? Task.FromResult<Stream>(new MemoryStream(stored.Content, writable: false))
                : throw new ObjectChangedException($"Version {version.Version} of '{version.Name}' is not there any more; it was replaced or deleted.");
        }
    }

    public async Task<StoredObject> WriteAsync(
        string name, Func<Stream, CancellationToken, Task> write, WriteCondition condition, CancellationToken cancellationToken)
    {
        ObjectName.ThrowIfInvalid(name);
        ArgumentNullException.ThrowIfNull(write);
        cancellationToken.ThrowIfCancellationRequested();
        using var buffer = new MemoryStream();
        await write(buffer, cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        var content = buffer.ToArray();
        lock (_lock)
        {
            if (condition == WriteCondition.IsAbsent && _objects.ContainsKey(name))
            {
                throw new ObjectConflictException($"'{name}' exists already; nothing was written.");
            }

            var version = new StoredObject(name, content.Length, (++_lastVersion).ToString(CultureInfo.InvariantCulture), Checksum.Crc32COf(content));
            _objects[name] = (version, content);
            return version;
        }
    }

    public Task DeleteAsync(string name, CancellationToken cancellationToken)
    {
        ObjectName.ThrowIfInvalid(name);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            _objects.Remove(name);
        }

        return Task.CompletedTask;
    }
}
