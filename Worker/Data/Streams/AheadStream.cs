using System.Threading.Channels;
using CloudSweep.Core.Streams;

namespace CloudSweep.Worker.Data.Streams;

/// <summary>
/// Reads a stream on another thread, up to <see cref="Pieces"/> × <see cref="PieceBytes"/> ahead of who reads this one, so that what it takes to make the bytes
/// (waiting, inflating) and what is made of them overlap. What the stream throws is thrown where its bytes would be. Owns the stream.
/// </summary>
internal sealed class AheadStream : ForwardStream
{
    public const int Pieces = 4;
    public const int PieceBytes = 128 * 1024;

    private readonly Stream _inner;
    private readonly Channel<ArraySegment<byte>> _filled = Channel.CreateBounded<ArraySegment<byte>>(new BoundedChannelOptions(Pieces) { SingleReader = true, SingleWriter = true });
    private readonly Channel<byte[]> _free = Channel.CreateBounded<byte[]>(new BoundedChannelOptions(Pieces) { SingleReader = true, SingleWriter = true });
    private readonly CancellationTokenSource _ending = new();
    private ArraySegment<byte> _piece = ArraySegment<byte>.Empty;
    private Task? _pump;

    public AheadStream(Stream inner)
    {
        _inner = inner;
        for (var i = 0; i < Pieces; i++)
        {
            _free.Writer.TryWrite(new byte[PieceBytes]);
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        // Not before the first read: who never reads starts nothing.
        _pump ??= Task.Run(PumpAsync, CancellationToken.None);
        while (_piece.Count == 0)
        {
            if (_piece.Array is { Length: > 0 } used)
            {
                _free.Writer.TryWrite(used);
            }

            _piece = ArraySegment<byte>.Empty;
            if (!await _filled.Reader.WaitToReadAsync(cancellationToken) || !_filled.Reader.TryRead(out _piece))
            {
                return 0;
            }
        }

        var count = Math.Min(buffer.Length, _piece.Count);
        _piece[..count].AsSpan().CopyTo(buffer.Span);
        _piece = _piece[count..];
        return count;
    }

    /// <summary>Waits for the other thread, so that the stream is closed afterwards.</summary>
    public override async ValueTask DisposeAsync()
    {
        if (!_ending.IsCancellationRequested)
        {
            await _ending.CancelAsync();
            await (_pump ?? Task.CompletedTask);
            await _inner.DisposeAsync();
            _ending.Dispose();
        }

        await base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_ending.IsCancellationRequested)
        {
            _ending.Cancel();
#pragma warning disable VSTHRD002 // The other thread waits for nothing but the stream, and that only until it hears of the cancellation.
            _pump?.GetAwaiter().GetResult();
#pragma warning restore VSTHRD002
            _inner.Dispose();
            _ending.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>Ends with the stream, its first failure, or when nobody reads any more.</summary>
    private async Task PumpAsync()
    {
        Exception? failure = null;
        try
        {
            while (await FillAsync(await _free.Reader.ReadAsync(_ending.Token)))
            {
            }
        }
#pragma warning disable CA1031 // It is thrown where the bytes are read.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            failure = exception;
        }

        _filled.Writer.TryComplete(failure);
    }

    /// <summary>Passes a piece on; false = the stream has ended. What was read before a failure is passed on too.</summary>
    private async Task<bool> FillAsync(byte[] piece)
    {
        var length = 0;
        try
        {
            while (length < piece.Length)
            {
                var read = await _inner.ReadAsync(piece.AsMemory(length), _ending.Token);
                if (read == 0)
                {
                    return false;
                }

                length += read;
            }

            return true;
        }
        finally
        {
            await _filled.Writer.WriteAsync(new ArraySegment<byte>(piece, 0, length), _ending.Token);
        }
    }
}
