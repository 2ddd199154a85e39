using CloudSweep.Core.Streams;

namespace CloudSweep.GoogleCloud.Storage.Reading;

/// <summary>
/// One version of an object from front to back, over some ranges that are fetched beside each other. The last of them is given out only after the checksum of the whole was found right,
/// so whoever reaches the end has had the right bytes.
/// </summary>
internal sealed class GcsObjectStream : ForwardStream
{
    private readonly RangeDownload _download;
    private readonly long _sizeBytes;
    private readonly int _rangeBytes;
    private readonly CancellationTokenSource _stop = new();
    private readonly Queue<(ObjectRange Range, Task Filling)> _window = new();

    private long _nextOffset;
    private uint _crc;
    private int _taken;
    private bool _isChecked;
    private bool _isDisposed;

    private GcsObjectStream(RangeDownload download, long sizeBytes, CloudStorageOptions options)
    {
        _download = download;
        _sizeBytes = sizeBytes;
        _rangeBytes = options.RangeBytes;
    }

    /// <summary>Starts to fetch, and waits until the service has found the version.</summary>
    public static async Task<Stream> OpenAsync(RangeDownload download, long sizeBytes, CloudStorageOptions options, CancellationToken cancellationToken)
    {
        var stream = new GcsObjectStream(download, sizeBytes, options);
        try
        {
            // An empty object has one empty range: somebody must ask whether it is still there.
            do
            {
                stream.StartNextRange();
            }
            while (stream._window.Count < options.ParallelRanges && stream._nextOffset < sizeBytes);

            await stream._window.Peek().Range.Answer.WaitAsync(cancellationToken);
            return stream;
        }
        catch
        {
            await stream.DisposeAsync();
            throw;
        }
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        cancellationToken.ThrowIfCancellationRequested();
        if (_window.Count == 0 || buffer.IsEmpty)
        {
            return 0;
        }

        var (range, _) = _window.Peek();
        var isLast = range.Offset + range.Length == _sizeBytes;
        var filled = await range.WaitAsync(_taken, mustBeComplete: isLast, cancellationToken);
        if (isLast && !_isChecked)
        {
            CheckWhole(range);
            _isChecked = true;
        }

        var count = Math.Min(buffer.Length, filled - _taken);
        range.CopyTo(buffer.Span[..count], _taken);
        _taken += count;
        if (_taken == range.Length)
        {
            await RetireAsync();
        }

        return count;
    }

    public override async ValueTask DisposeAsync()
    {
        if (!_isDisposed)
        {
            _isDisposed = true;
            await _stop.CancelAsync();
            await ReturnAllAsync();
        }

        await base.DisposeAsync();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_isDisposed)
        {
            _isDisposed = true;
            _stop.Cancel();

            // The memory goes back when the downloads have let go of it; they were told to, and never fail themselves.
            _ = ReturnAllAsync();
        }

        base.Dispose(disposing);
    }

    private void StartNextRange()
    {
        var range = new ObjectRange(_nextOffset, (int)Math.Min(_rangeBytes, _sizeBytes - _nextOffset));
        _nextOffset += range.Length;
        _window.Enqueue((range, _download.RunAsync(range, _stop.Token)));
    }

    private async ValueTask RetireAsync()
    {
        var (range, filling) = _window.Dequeue();

        // The reader may have the last byte an instant before the download has noticed.
        await filling;
        _crc = Crc32C.Combine(_crc, range.Crc, range.Length);
        _taken = 0;
        range.Return();
        if (_nextOffset < _sizeBytes)
        {
            StartNextRange();
        }
    }

    private void CheckWhole(ObjectRange last)
    {
        var crc = Crc32C.Combine(_crc, last.Crc, last.Length);
        if (_download.ExpectedCrc is { } expected && crc != expected)
        {
            throw _download.WrongBytes(crc);
        }
    }

    private async Task ReturnAllAsync()
    {
        foreach (var (range, filling) in _window)
        {
            await filling;
            range.Return();
        }

        _window.Clear();
        _stop.Dispose();
    }
}
