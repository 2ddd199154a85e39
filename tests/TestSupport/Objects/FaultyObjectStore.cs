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

    /// <summary>Versions opened from now on whose byte at <see cref="WrongOffset"/> is wrong; after it comes <see cref="EndFailure"/>.</summary>
    public int WrongOpens { get; set; }

    /// <summary>Where a bit is turned.</summary>
    public long WrongOffset { get; set; }

    /// <summary>Thrown where the end of a stream would be, after all bytes, of versions with wrong bytes: what a store does that checks them.</summary>
    public Exception? EndFailure { get; set; }

    public IAsyncEnumerable<StoredObject> ListAsync(string prefix, CancellationToken cancellationToken) =>
        AskFailure is null ? inner.ListAsync(prefix, cancellationToken) : throw AskFailure;

    public Task<StoredObject?> FindAsync(string name, CancellationToken cancellationToken) =>
        AskFailure is null ? inner.FindAsync(name, cancellationToken) : throw AskFailure;

    public async Task<Stream> OpenAsync(StoredObject version, CancellationToken cancellationToken)
    {
        var stored = OpenFailure is null ? await inner.OpenAsync(version, cancellationToken) : throw OpenFailure;
        return WrongOpens-- > 0 ? new WrongStream(stored, this) : new ForwardOnlyStream(stored);
    }

    public Task<StoredObject> WriteAsync(
        string name, Func<Stream, CancellationToken, Task> write, WriteCondition condition, CancellationToken cancellationToken) =>
        inner.WriteAsync(name, write, condition, cancellationToken);

    public Task DeleteAsync(string name, CancellationToken cancellationToken) => inner.DeleteAsync(name, cancellationToken);

    /// <summary>Like a stream over a network: neither seekable nor blocking.</summary>
    private class ForwardOnlyStream(Stream stored) : ForwardStream
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => stored.ReadAsync(buffer, cancellationToken);

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                stored.Dispose();
            }

            base.Dispose(disposing);
        }
    }

    private sealed class WrongStream(Stream stored, FaultyObjectStore faults) : ForwardOnlyStream(stored)
    {
        private long _offset;

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            var read = await base.ReadAsync(buffer, cancellationToken);
            var at = faults.WrongOffset - _offset;
            if (at >= 0 && at < read)
            {
                buffer.Span[(int)at] ^= 1;
            }

            _offset += read;
            return read == 0 && buffer.Length > 0 && faults.EndFailure is { } failure ? throw failure : read;
        }
    }
}
