using CloudSweep.Core.Streams;

namespace CloudSweep.Worker.Data.Streams;

/// <summary>A stream and some bytes behind it. Does not own the stream.</summary>
internal sealed class AppendedStream(Stream first, byte[] rest) : ForwardStream
{
    private readonly MemoryStream _rest = new(rest, writable: false);
    private bool _firstEnded;

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        if (!_firstEnded)
        {
            var read = await first.ReadAsync(buffer, cancellationToken);
            if (read > 0 || buffer.IsEmpty)
            {
                return read;
            }

            _firstEnded = true;
        }

        return await _rest.ReadAsync(buffer, cancellationToken);
    }
}
