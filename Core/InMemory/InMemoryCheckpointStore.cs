using System.Collections.Concurrent;
using CloudSweep.Core.Domain;
using CloudSweep.Core.Ports;

namespace CloudSweep.Core.InMemory;

/// <summary>Keeps checkpoints in memory and loses them with the process.</summary>
public sealed class InMemoryCheckpointStore : ICheckpointStore
{
    private readonly ConcurrentDictionary<string, byte[]> _objects = new(StringComparer.Ordinal);

    public async Task<long> CreateAsync(string name, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(write);
        CheckpointName.ThrowIfInvalid(name);
        using var buffer = new MemoryStream();
        await write(buffer, cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        return _objects.TryAdd(name, buffer.ToArray())
            ? buffer.Length
            : throw new IOException($"Checkpoint '{name}' exists already; checkpoints are written once.");
    }

    public Task<Stream?> OpenAsync(string name, CancellationToken cancellationToken)
    {
        CheckpointName.ThrowIfInvalid(name);
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult<Stream?>(_objects.TryGetValue(name, out var bytes) ? new MemoryStream(bytes, writable: false) : null);
    }

    public Task DeleteAsync(string name, CancellationToken cancellationToken)
    {
        CheckpointName.ThrowIfInvalid(name);
        cancellationToken.ThrowIfCancellationRequested();
        _objects.TryRemove(name, out _);
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<string>> ListAsync(string prefix, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(prefix);
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult<IReadOnlyList<string>>(
            [.. _objects.Keys.Where(name => name.StartsWith(prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal)]);
    }
}
