using System.Threading.Channels;
using CloudSweep.Worker.Training;

namespace CloudSweep.Worker.Data.Rows;

/// <summary>Lends rows of chunks one after the other; while one is handed out, threads of the pool decode the next.</summary>
/// <param name="chunks">Closed with this reader.</param>
/// <param name="firstChunk">Where to begin.</param>
/// <param name="firstRow">Row of that chunk.</param>
/// <param name="windows">Hold at least <see cref="IRowChunks.Capacity"/> rows.</param>
/// <param name="buffers">For rows of one call that lie in several chunks.</param>
internal sealed class PrefetchingReader(IRowChunks chunks, int firstChunk, int firstRow, WindowPool windows, TilePool buffers) : IRowReader
{
    // One is handed out while the other is decoded.
    private const int Windows = 2;

    private readonly CancellationTokenSource _stop = new();
    private readonly List<RowWindow> _rented = [];

    // Neither ever holds more than there are windows.
    private readonly Channel<RowWindow> _free = Channel.CreateUnbounded<RowWindow>();
    private readonly Channel<Task<RowWindow>> _begun = Channel.CreateUnbounded<Task<RowWindow>>();
    private Task? _beginning;
    private Task _decoding = Task.CompletedTask;
    private RowWindow? _current;
    private RowTile? _buffer;
    private int _chunksLeft = chunks.Count - firstChunk;
    private int _position = firstRow;
    private bool _isDisposed;

    public RowTile? Next(int most, CancellationToken cancellationToken)
    {
        if (!HasRows(cancellationToken))
        {
            return null;
        }

        var rest = _current!.Count - _position;
        if (rest >= most || _chunksLeft == 0)
        {
            var lent = _current.Lend(_position, Math.Min(most, rest));
            _position += lent.Count;
            return lent;
        }

        _buffer ??= buffers.Rent(most);
        var tile = RowTile.Empty(ref _buffer, most, _current.FeatureCount);
        while (tile.Count < most && HasRows(cancellationToken))
        {
            var rows = Math.Min(most - tile.Count, _current.Count - _position);
            _current.CopyTo(tile, _position, rows);
            _position += rows;
        }

        return tile;
    }

    public void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        _stop.Cancel();
#pragma warning disable VSTHRD002 // What is being decoded writes to the windows, and ends soon.
        _beginning?.GetAwaiter().GetResult();
        _ = Task.WhenAny(_decoding).GetAwaiter().GetResult();
#pragma warning restore VSTHRD002
        chunks.Dispose();
        _rented.ForEach(windows.Return);
        buffers.Return(ref _buffer);
        _stop.Dispose();
    }

    private bool HasRows(CancellationToken cancellationToken)
    {
        while (_current is null || _position == _current.Count)
        {
            if (_current is not null)
            {
                _free.Writer.TryWrite(_current);
                (_current, _position) = (null, 0);
            }

            if (_chunksLeft <= 0)
            {
                return false;
            }

            _current = Await(cancellationToken);
            _chunksLeft--;
        }

        return true;
    }

    private RowWindow Await(CancellationToken cancellationToken)
    {
        _beginning ??= Task.Run(BeginAllAsync, CancellationToken.None);
#pragma warning disable VSTHRD002 // The reader's thread is a training thread of its own, with nothing to do until the rows are there.
        var decoding = _begun.Reader.ReadAsync(cancellationToken).AsTask().GetAwaiter().GetResult();
        return decoding.WaitAsync(cancellationToken).GetAwaiter().GetResult();
#pragma warning restore VSTHRD002
    }

    /// <summary>Ends without an error: whoever waits for rows gets it.</summary>
    private async Task BeginAllAsync()
    {
        try
        {
            for (var chunk = firstChunk; chunk < chunks.Count; chunk++)
            {
                var window = await FreeAsync();
                var decoding = await chunks.BeginAsync(chunk, window, _stop.Token);
                _decoding = _decoding.IsCompleted ? decoding : Task.WhenAll(_decoding, decoding);
                _begun.Writer.TryWrite(DecodedAsync(decoding, window));
            }
        }
#pragma warning disable CA1031 // It is thrown where rows are waited for.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            _begun.Writer.TryWrite(Task.FromException<RowWindow>(exception));
        }

        _begun.Writer.Complete();
    }

    private static async Task<RowWindow> DecodedAsync(Task decoding, RowWindow window)
    {
        await decoding;
        return window;
    }

    private async Task<RowWindow> FreeAsync()
    {
        if (_rented.Count == Windows)
        {
            return await _free.Reader.ReadAsync(_stop.Token);
        }

        var window = windows.Rent();
        _rented.Add(window);
        return window;
    }
}
