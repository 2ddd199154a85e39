namespace CloudSweep.Worker.Execution.Checkpoints;

/// <summary>Lets a trainer, which reads and writes on a thread of its own with nothing else to do, use a stream that a store reads and writes asynchronously. Does not own it.</summary>
/// <param name="inner">The store's stream.</param>
/// <param name="cancellationToken">Ends a read or write that waits: a large checkpoint is sent piece by piece, and a store that hangs must not hold the trainer.</param>
internal sealed class BlockingStream(Stream inner, CancellationToken cancellationToken) : Stream
{
    public override bool CanRead => inner.CanRead;

    public override bool CanSeek => false;

    public override bool CanWrite => inner.CanWrite;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

#pragma warning disable VSTHRD002 // This is what the class is for.
    public override int Read(byte[] buffer, int offset, int count) => inner.ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask().GetAwaiter().GetResult();

    public override void Write(byte[] buffer, int offset, int count) => inner.WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask().GetAwaiter().GetResult();

    public override void Flush() => inner.FlushAsync(cancellationToken).GetAwaiter().GetResult();
#pragma warning restore VSTHRD002

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
