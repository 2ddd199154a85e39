namespace CloudSweep.StorageEmulator.Faults;

/// <summary>The body of an answer, sent as a plan says.</summary>
internal sealed class PlannedBody(Stream inner, BodyPlan plan, TimeProvider timeProvider) : Stream
{
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(10);

    private readonly long _start = timeProvider.GetTimestamp();
    private long _written;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => _written;
        set => throw new NotSupportedException();
    }

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (!buffer.IsEmpty)
        {
            var count = PieceLength(buffer.Length);
            if (count == 0)
            {
                await inner.FlushAsync(cancellationToken);
                await plan.Ending!();
                throw new AnswerEndedException();
            }

            await WaitUntilDueAsync(_written + count, cancellationToken);
            await inner.WriteAsync(Spoilt(buffer[..count]), cancellationToken);
            await inner.FlushAsync(cancellationToken);
            _written += count;
            buffer = buffer[count..];
        }
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

    public override void Flush() => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private int PieceLength(int length)
    {
        var pace = plan.BytesPerSecond is { } speed ? Math.Max(1, (long)(speed * Pace.TotalSeconds)) : length;
        return (int)Math.Min(Math.Min(length, pace), (plan.EndsAfter ?? long.MaxValue) - _written);
    }

    // Against the time since the start, so that a late piece is made up for and the limit is met on average.
    private async Task WaitUntilDueAsync(long bytes, CancellationToken cancellationToken)
    {
        if (plan.BytesPerSecond is { } speed)
        {
            var early = TimeSpan.FromSeconds((double)bytes / speed) - timeProvider.GetElapsedTime(_start);
            if (early > TimeSpan.Zero)
            {
                await Task.Delay(early, timeProvider, cancellationToken);
            }
        }
    }

    private ReadOnlyMemory<byte> Spoilt(ReadOnlyMemory<byte> piece)
    {
        if (plan.WrongAt - _written is not { } at || at < 0 || at >= piece.Length)
        {
            return piece;
        }

        var copy = piece.ToArray();
        copy[at] ^= 1;
        return copy;
    }
}
