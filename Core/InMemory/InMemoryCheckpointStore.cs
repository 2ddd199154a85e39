using System.Collections.Concurrent;
using System.Text.RegularExpressions;
using CloudSweep.Core.Ports;

namespace CloudSweep.Core.InMemory;

/// <summary>Keeps checkpoints in memory and loses them with the process.</summary>
public sealed partial class InMemoryCheckpointStore : ICheckpointStore
{
    private readonly ConcurrentDictionary<string, byte[]> _objects = new(StringComparer.Ordinal);

    public async Task<long> CreateAsync(string name, Func<Stream, CancellationToken, Task> write, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(write);
        ThrowIfInvalid(name);
        using var buffer = new MemoryStream();
        await write(buffer, cancellationToken).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
        return _objects.TryAdd(name, buffer.ToArray())
            ? buffer.Length
            : throw new IOException($"Checkpoint '{name}' exists already; checkpoints are written once.");
    }

    public Task<Stream?> OpenAsync(string name, CancellationToken cancellationToken)
    {
        ThrowIfInvalid(name);
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult<Stream?>(_objects.TryGetValue(name, out var bytes) ? new MemoryStream(bytes, writable: false) : null);
    }

    public Task DeleteAsync(string name, CancellationToken cancellationToken)
    {
        ThrowIfInvalid(name);
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

    private static void ThrowIfInvalid(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        if (!ValidName().IsMatch(name))
        {
            throw new ArgumentException($"'{name}' is no checkpoint name: use segments of letters, digits, '.', '_' and '-' that start with no dot.", nameof(name));
        }
    }

    // As strict as the stores of files, so that a name which works here works there.
    [GeneratedRegex(@"\A[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*\z")]
    private static partial Regex ValidName();
}
