using System.Buffers;

namespace CloudSweep.GoogleCloud.Storage.Reading;

/// <summary>A part of an object: filled by one download while one reader takes from it.</summary>
internal sealed class ObjectRange(long offset, int length)
{
    private readonly byte[] _buffer = ArrayPool<byte>.Shared.Rent(length);
    private readonly TaskCompletionSource _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _lock = new();

    private TaskCompletionSource? _change;
    private Exception? _failure;
    private bool _isComplete;
    private int _filled;

    /// <summary>Where it starts in the object.</summary>
    public long Offset => offset;

    public int Length => length;

    /// <summary>Checksum of the bytes that are there.</summary>
    public uint Crc { get; private set; }

    /// <summary>Number of bytes that are there; only the download asks.</summary>
    public int Filled => _filled;

    /// <summary>Completes when the service has found the version, fails when it is not to be had.</summary>
    public Task Answer => _answer.Task;

    /// <summary>Where the download puts the next bytes.</summary>
    public Memory<byte> Free => _buffer.AsMemory(_filled, length - _filled);

    /// <summary>The service has the version, and its bytes follow.</summary>
    public void AcceptAnswer() => _answer.TrySetResult();

    /// <summary><paramref name="count"/> more bytes are in <see cref="Free"/>.</summary>
    public void Advance(int count)
    {
        Crc = Crc32C.Append(Crc, _buffer.AsSpan(_filled, count));
        Publish(() => _filled += count);
    }

    /// <summary>Forgets all bytes. Only for a range that nobody reads before it is complete.</summary>
    public void Reset()
    {
        Crc = 0;
        Publish(() => _filled = 0);
    }

    /// <summary>All bytes are there.</summary>
    public void Complete() => Publish(() => _isComplete = true);

    public void Fail(Exception failure)
    {
        _answer.TrySetException(failure);

        // Most ranges are read without anybody having waited for their answer.
        _ = _answer.Task.Exception;
        Publish(() => _failure = failure);
    }

    /// <summary>Waits until there are more than <paramref name="taken"/> bytes; returns how many there are.</summary>
    /// <param name="taken">Bytes that the reader has had, less than <see cref="Length"/>.</param>
    /// <param name="mustBeComplete">Wait until all are there.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async ValueTask<int> WaitAsync(int taken, bool mustBeComplete, CancellationToken cancellationToken)
    {
        while (true)
        {
            Task change;
            lock (_lock)
            {
                if (_isComplete || (!mustBeComplete && _filled > taken))
                {
                    return _filled;
                }

                if (_failure is not null)
                {
                    throw _failure;
                }

                _change ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                change = _change.Task;
            }

            await change.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Copies bytes that are there, from <paramref name="start"/> on.</summary>
    public void CopyTo(Span<byte> destination, int start) => _buffer.AsSpan(start, destination.Length).CopyTo(destination);

    /// <summary>Gives the memory back. The download must be over.</summary>
    public void Return() => ArrayPool<byte>.Shared.Return(_buffer);

    private void Publish(Action change)
    {
        lock (_lock)
        {
            change();
            _change?.TrySetResult();
            _change = null;
        }
    }
}
