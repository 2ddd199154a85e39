using System.Net;
using System.Net.Http.Headers;

namespace CloudSweep.GoogleCloud.Storage.Http;

/// <summary>Bytes of an upload, sent in pieces: each that goes out shows that the connection moves.</summary>
internal sealed class WatchedContent : HttpContent
{
    private const int PieceBytes = 256 * 1024;

    private readonly ReadOnlyMemory<byte> _bytes;
    private readonly IdleTimeout _idle;

    public WatchedContent(ReadOnlyMemory<byte> bytes, string contentType, IdleTimeout idle)
    {
        _bytes = bytes;
        _idle = idle;
        Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, _idle.Token);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        for (var start = 0; start < _bytes.Length; start += PieceBytes)
        {
            await stream.WriteAsync(_bytes[start..Math.Min(start + PieceBytes, _bytes.Length)], cancellationToken);
            _idle.Restart();
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _bytes.Length;
        return true;
    }
}
