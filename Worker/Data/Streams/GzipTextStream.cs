using System.Buffers.Binary;
using System.IO.Hashing;
using CloudSweep.Core.Streams;
using CloudSweep.Worker.Data.Records;
using CloudSweep.Worker.Data.Streams.Inflate;

namespace CloudSweep.Worker.Data.Streams;

/// <summary>
/// Decompresses gzip members (RFC 1952) one after the other, refusing cut-off data and whatever else stands behind a member. Owns the stored
/// stream and reads it to its end.
/// </summary>
internal sealed class GzipTextStream : ForwardStream
{
    private readonly Stream _stored;
    private readonly BitInput _input;
    private readonly TextWindow _text = new();
    private readonly Inflater _inflater;
    private readonly GzipHeader _header;
    private readonly Crc32 _checksum = new();
    private readonly byte[] _trailer = new byte[8];
    private uint _length;
    private bool _isInMember;
    private bool _hasEnded;
    private RecordFormatException? _failure;

    public GzipTextStream(Stream stored)
    {
        _stored = stored;
        _input = new BitInput(stored);
        _inflater = new Inflater(_input, _text);
        _header = new GzipHeader(_input);
    }

    /// <exception cref="RecordFormatException">The data is corrupt or cut off.</exception>
    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        // What was inflated before a checksum that is wrong is not given out by another call either.
        while (_failure is null && _text.Untaken == 0 && !_hasEnded && !buffer.IsEmpty)
        {
            try
            {
                await InflateAsync(cancellationToken);
            }
            catch (InvalidDataException exception)
            {
                _failure = new RecordFormatException(
                    RecordPlace.WholeShard, "the gzip data is corrupt or cut off; make the file again, or take .gz off its name if it is not compressed", exception);
            }
        }

        return _failure is null ? _text.Take(buffer.Span) : throw _failure;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _stored.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>Goes on until there is text, or to the end. All text was taken.</summary>
    private async ValueTask InflateAsync(CancellationToken cancellationToken)
    {
        if (!_isInMember)
        {
            _isInMember = await _header.ReadAsync(cancellationToken);
            _hasEnded = !_isInMember;
            _length = 0;
            _inflater.Begin();
            _text.BeginMember();
            return;
        }

        _text.Slide();
        var step = Inflate();
        if (step == InflateStep.Ended)
        {
            await CheckTrailerAsync(cancellationToken);
            _isInMember = false;
        }
        else if (step == InflateStep.NeedsInput && _text.Untaken == 0)
        {
            await _input.FillAsync(cancellationToken);
        }
    }

    private InflateStep Inflate()
    {
        var before = _text.Written;
        var step = _inflater.Step();
        var added = _text.Bytes[before.._text.Written];
        _checksum.Append(added);
        _length += (uint)added.Length;
        return step;
    }

    private async ValueTask CheckTrailerAsync(CancellationToken cancellationToken)
    {
        for (var i = 0; i < _trailer.Length; i++)
        {
            var value = await _input.NextByteAsync(cancellationToken);
            _trailer[i] = value < 0 ? throw new InvalidDataException("The data ends before its checksum.") : (byte)value;
        }

        var checksum = _checksum.GetCurrentHashAsUInt32();
        _checksum.Reset();
        if (BinaryPrimitives.ReadUInt32LittleEndian(_trailer) != checksum || BinaryPrimitives.ReadUInt32LittleEndian(_trailer.AsSpan(4)) != _length)
        {
            throw new InvalidDataException("The text has another checksum or length than is said behind it.");
        }
    }
}
