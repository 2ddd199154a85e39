using System.IO.Compression;
using CloudSweep.Core.Streams;
using CloudSweep.Worker.Data.Records;

namespace CloudSweep.Worker.Data.Streams;

/// <summary>
/// Decompresses gzip members and refuses cut-off data. <see cref="GZipStream"/> takes a cut for the end, so a member with a known
/// text is put behind the stored bytes: only complete data ends with that text. Owns the stored stream and reads it to its end.
/// </summary>
internal sealed class SealedGzipStream : ForwardStream
{
    private static readonly byte[] Seal = [0xFF, 0x53, 0xFE, 0x45, 0xFD, 0x41, 0xFC, 0x4C, 0xFB, 0x45, 0xFA, 0x44, 0xF9, 0x21, 0xF8, 0x00];
    private static readonly byte[] SealMember = Compress(Seal);

    private readonly Stream _stored;
    private readonly GZipStream _text;
    private readonly byte[] _held = new byte[(64 * 1024) + Seal.Length];
    private int _heldLength;

    public SealedGzipStream(Stream stored)
    {
        _stored = stored;
        _text = new GZipStream(new AppendedStream(stored, SealMember), CompressionMode.Decompress);
    }

    /// <exception cref="RecordFormatException">The data is corrupt or cut off.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            var room = Math.Min(buffer.Length, _held.Length - _heldLength);
            var read = await DecompressAsync(_held.AsMemory(_heldLength, room), cancellationToken);
            if (read == 0)
            {
                return _held.AsSpan(0, _heldLength).SequenceEqual(Seal) ? 0 : throw Corrupt(null);
            }

            _heldLength += read;
            var released = _heldLength - Seal.Length;
            if (released > 0)
            {
                _held.AsSpan(0, released).CopyTo(buffer.Span);
                _held.AsSpan(released, Seal.Length).CopyTo(_held);
                _heldLength = Seal.Length;
                return released;
            }
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

    private async ValueTask<int> DecompressAsync(Memory<byte> target, CancellationToken cancellationToken)
    {
        try
        {
            return await _text.ReadAsync(target, cancellationToken);
        }
        catch (InvalidDataException exception)
        {
            throw Corrupt(exception);
        }
    }

    private static RecordFormatException Corrupt(Exception? exception) =>
        new(RecordPlace.WholeShard, "the gzip data is corrupt or cut off; make the file again, or take .gz off its name if it is not compressed", exception);

    private static byte[] Compress(byte[] text)
    {
        using var member = new MemoryStream();
        using (var gzip = new GZipStream(member, CompressionLevel.Fastest))
        {
            gzip.Write(text);
        }

        return member.ToArray();
    }
}
