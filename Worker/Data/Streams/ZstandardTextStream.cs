using CloudSweep.Core.Streams;
using CloudSweep.Worker.Data.Records;
using ZstdSharp;
using ZstdSharp.Unsafe;

namespace CloudSweep.Worker.Data.Streams;

/// <summary>
/// Decompresses Zstandard frames, refusing cut-off data and whatever else stands behind a frame. Owns the stored stream and
/// reads it to its end.
/// </summary>
internal sealed class ZstandardTextStream : ForwardStream
{
    /// <summary>
    /// Log2 of the largest window that a frame may ask for, which bounds the memory however much a few bytes blow up to:
    /// 128 MiB, the zstd program's own limit (its --long=27).
    /// </summary>
    private const int MaxWindowLog = 27;

    private readonly Stream _stored;
    private readonly DecompressionStream _text;

    public ZstandardTextStream(Stream stored)
    {
        _stored = stored;
        _text = new DecompressionStream(stored, checkEndOfStream: true, leaveOpen: true);
        _text.SetParameter(ZSTD_dParameter.ZSTD_d_windowLogMax, MaxWindowLog);
    }

    /// <exception cref="RecordFormatException">The data is corrupt or cut off.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        try
        {
            return await _text.ReadAsync(buffer, cancellationToken);
        }
        catch (Exception exception) when (exception is ZstdException or EndOfStreamException)
        {
            throw new RecordFormatException(
                RecordPlace.WholeShard,
                "the Zstandard data is corrupt, cut off, or made with a window of over 128 MiB; make the file again, or take .zst off its name if it is not compressed",
                exception);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _text.Dispose();
            _stored.Dispose();
        }

        base.Dispose(disposing);
    }
}
