using CloudSweep.Worker.Training;

namespace CloudSweep.Worker.Data.Rows;

/// <summary>Reads chunks one after the other; while one is handed out, a pool thread decodes the next.</summary>
internal sealed class PrefetchingReader : IRowReader
{
    private readonly CancellationTokenSource _stop = new();
    private readonly IRowChunks _chunks;
    private readonly WindowPool _windows;
    private readonly int _featureCount;
    private RowWindow? _current;
    private RowWindow? _next;
    private Task? _filling;
    private int _nextChunk;
    private int _position;
    private bool _isDisposed;

    public PrefetchingReader(IRowChunks chunks, int firstChunk, int firstRow, WindowPool windows, int featureCount)
    {
        _chunks = chunks;
        _windows = windows;
        _featureCount = featureCount;
        _nextChunk = firstChunk;
        try
        {
            _position = TryAdvance() ? firstRow : 0;
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public bool Read(RowTile tile)
    {
        tile.Count = 0;
        while (tile.Count < tile.Capacity && (_position < _current?.Count || TryAdvance()))
        {
            _position += RowCopy.Append(_current!, _position, tile, _featureCount);
        }

        return tile.Count > 0;
    }

    public void Dispose()
    {
        if (_isDisposed)
        {
            return;
        }

        _isDisposed = true;
        _stop.Cancel();
        try
        {
            Finish();
        }
        catch (Exception) when (_stop.IsCancellationRequested)
        {
            // Nobody asks any more for what was being read.
        }

        Return(ref _next);
        Return(ref _current);
        _chunks.Dispose();
        _stop.Dispose();
    }

    private bool TryAdvance()
    {
        if (_nextChunk >= _chunks.Count)
        {
            return false;
        }

        if (_filling is null)
        {
            Start();
        }

        Finish();
        Return(ref _current);
        (_current, _next) = (_next, null);
        _position = 0;
        _nextChunk++;
        if (_nextChunk < _chunks.Count)
        {
            Start();
        }

        return true;
    }

    private void Start()
    {
        var chunk = _nextChunk;
        var target = _windows.Rent();
        _next = target;
        _filling = Task.Run(() => _chunks.FillAsync(chunk, target, _stop.Token));
    }

    private void Return(ref RowWindow? window)
    {
        if (window is not null)
        {
            _windows.Return(window);
            window = null;
        }
    }

    private void Finish()
    {
        var filling = _filling;
        _filling = null;
#pragma warning disable VSTHRD002 // The reader's thread is a training thread of its own, with nothing to do until the rows are there.
        filling?.GetAwaiter().GetResult();
#pragma warning restore VSTHRD002
    }
}
