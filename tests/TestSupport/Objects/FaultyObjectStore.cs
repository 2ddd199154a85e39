using CloudSweep.Core.Ports.Objects;
using CloudSweep.Core.Streams;

namespace CloudSweep.TestSupport.Objects;

/// <summary>Fails as it is told to and leaves all else to another store.</summary>
public sealed class FaultyObjectStore(IObjectStore inner) : IObjectStore
{
    /// <summary>Thrown by every call that asks for a list or a version.</summary>
    public Exception? AskFailure { get; set; }

    /// <summary>Thrown when a version is opened.</summary>
    public Exception? OpenFailure { get; set; }

    /// <summary>Thrown where the end of a stream would be, after all bytes: what a store does that finds the bytes wrong.</summary>
    public Exception? EndFailure { get; set; }

    public IAsyncEnumerable<StoredObject> ListAsync(string prefix, CancellationToken cancellationToken) =>
        AskFailure is null ? inner.ListAsync(prefix, cancellationToken) : throw AskFailure;

    public Task<StoredObject?> FindAsync(string name, CancellationToken cancellationToken) =>
        AskFailure is null ? inner.FindAsync(name, cancellationToken) : throw AskFailure;

    public async Task<Stream> OpenAsync(StoredObject version, CancellationToken cancellationToken) => OpenFailure is null
        ? new FaultyStream(await inner.OpenAsync(version, cancellationToken), this)
        : throw OpenFailure;

    public Task<StoredObject> WriteAsync(
        string name, Func<Stream, CancellationToken, Task> write, WriteCondition condition, CancellationToken cancellationToken) =>
        inner.WriteAsync(name, write, condition, cancellationToken);

    public Task DeleteAsync(string name, CancellationToken cancellationToken) => inner.DeleteAsync(name, cancellationToken);

    private sealed class FaultyStream(Stream stored, FaultyObjectStore faults) : ForwardStream
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await stored.ReadAsync(buffer, cancellationToken);
            return read == 0 && buffer.Length > 0 && faults.EndFailure is { } failure ? throw failure : read;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                stored.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
