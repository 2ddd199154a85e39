using System.Collections.Concurrent;
using CloudSweep.Core.Ports;

namespace CloudSweep.Core.InMemory;

/// <summary>Keeps checkpoints in memory and loses them with the process.</summary>
public sealed class InMemoryCheckpointStore : ICheckpointStore
{
    private readonly ConcurrentDictionary<string, byte[]> _objects = new(StringComparer.Ordinal);

    public async Task<long> CreateAsync(string name, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(write);
        using var buffer = new MemoryStream();
        await write(buffer, cancellationToken).ConfigureAwait(false);
        return _objects.TryAdd(name, buffer.ToArray())
            ? buffer.Length
            : throw new IOException($"Checkpoint '{name}' exists already; checkpoints are written once.");
    }

    public Task<Stream?> OpenAsync(string name, CancellationToken cancellationToken) =>
        Task.FromResult<Stream?>(_objects.TryGetValue(name, out var bytes) ? new MemoryStream(bytes, writable: false) : null);

    public Task DeleteAsync(string name, CancellationToken cancellationToken)
    {
        _objects.TryRemove(name, out _);
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<string>> ListAsync(string prefix, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<string>>(
            [.. _objects.Keys.Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal)]);
}
