using CloudSweep.Core.Ports.Objects;

namespace CloudSweep.Core.Tests.Checkpoints;

/// <summary>Finds every object, and has none when it is opened.</summary>
internal sealed class VanishingObjects : IObjectStore
{
    public IAsyncEnumerable<StoredObject> ListAsync(string prefix, CancellationToken cancellationToken) => AsyncEnumerable.Empty<StoredObject>();

    public Task<StoredObject?> FindAsync(string name, CancellationToken cancellationToken) => Task.FromResult<StoredObject?>(new StoredObject(name, 1, "1", null));

    public Task<Stream> OpenAsync(StoredObject version, CancellationToken cancellationToken) => throw new ObjectChangedException("It is gone.");

    public Task<StoredObject> WriteAsync(string name, Func<Stream, CancellationToken, Task> write, WriteCondition condition, CancellationToken cancellationToken) =>
        throw new ObjectConflictException("It is there.");

    public Task DeleteAsync(string name, CancellationToken cancellationToken) => Task.CompletedTask;
}
