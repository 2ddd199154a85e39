using System.Buffers;
using System.Runtime.ExceptionServices;
using CloudSweep.Core.Ports.Objects;

namespace CloudSweep.GoogleCloud.Storage.Writing;

/// <summary>What the content of an object is written to. Holds one chunk; a full one is sent when more follows.</summary>
/// <param name="writer">Sends the chunks.</param>
/// <param name="chunkBytes">Size of a chunk.</param>
/// <param name="stop">Ends synchronous writes, which bring no token of their own.</param>
internal sealed class UploadStream(ObjectWriter writer, int chunkBytes, CancellationToken stop) : Stream
{
    private readonly byte[] _buffer = ArrayPool<byte>.Shared.Rent(chunkBytes);

    private int _filled;
    private bool _isDisposed;

    /// <summary>Why a chunk could not be stored; null while all could. Whoever produces the content may have hidden it behind an exception of its own.</summary>
    public Exception? Failure { get; private set; }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Stores the object with all that was written.</summary>
    public Task<StoredObject> CompleteAsync(CancellationToken cancellationToken) => writer.CompleteAsync(_buffer.AsMemory(0, _filled), cancellationToken);

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        cancellationToken.ThrowIfCancellationRequested();
        while (!buffer.IsEmpty)
        {
            if (_filled == chunkBytes)
            {
                await SendAsync(cancellationToken);
            }

            var count = Math.Min(buffer.Length, chunkBytes - _filled);
            buffer[..count].CopyTo(_buffer.AsMemory(_filled));
            _filled += count;
            buffer = buffer[count..];
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override void Write(byte[] buffer, int offset, int count)
    {
        // Serializers that know no asynchronous calls write here; a thread of theirs waits while a chunk is sent.
#pragma warning disable VSTHRD002
        WriteAsync(buffer.AsMemory(offset, count), stop).AsTask().GetAwaiter().GetResult();
#pragma warning restore VSTHRD002
    }

    public override void Flush()
    {
    }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    /// <summary>The content's producer may close it; the memory goes back with <see cref="Release"/>.</summary>
    protected override void Dispose(bool disposing)
    {
        _isDisposed = true;
        base.Dispose(disposing);
    }

    /// <summary>Gives the memory back. Nothing may be under way any more.</summary>
    public void Release() => ArrayPool<byte>.Shared.Return(_buffer);

    private async Task SendAsync(CancellationToken cancellationToken)
    {
        // Who produces content often writes its rest when it is closed; what is lost already is not tried for another minute.
        if (Failure is not null)
        {
            ExceptionDispatchInfo.Throw(Failure);
        }

        try
        {
            await writer.AppendAsync(_buffer.AsMemory(0, _filled), cancellationToken);
            _filled = 0;
        }
        catch (Exception exception)
        {
            Failure = exception;
            throw;
        }
    }
}
