using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;
using CloudSweep.Core.Domain;

namespace CloudSweep.Worker.Training;

/// <summary>A piece of a checkpoint: length (8 bytes), payload, XxHash3 of the payload (8 bytes). Little-endian.</summary>
internal static class CheckpointBlock
{
    private const int MaxBytes = 0x7FFFFFC7;

    public static void Write(Stream stream, Action<BinaryWriter> write)
    {
        using var payload = new MemoryStream();
        using (var writer = new BinaryWriter(payload, Encoding.UTF8, leaveOpen: true))
        {
            write(writer);
        }

        var bytes = payload.GetBuffer().AsSpan(0, (int)payload.Length);
        Span<byte> number = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteInt64LittleEndian(number, bytes.Length);
        stream.Write(number);
        stream.Write(bytes);
        BinaryPrimitives.WriteUInt64LittleEndian(number, XxHash3.HashToUInt64(bytes));
        stream.Write(number);
    }

    /// <exception cref="MalformedDocumentException">Cut short, or its checksum does not match.</exception>
    public static T Read<T>(Stream stream, Func<BinaryReader, T> read)
    {
        try
        {
            Span<byte> number = stackalloc byte[sizeof(ulong)];
            stream.ReadExactly(number);
            var length = BinaryPrimitives.ReadInt64LittleEndian(number);
            if (length is < 0 or > MaxBytes || (stream.CanSeek && length > stream.Length - stream.Position))
            {
                throw new MalformedDocumentException("The checkpoint is damaged: a block has an impossible length.");
            }

            var bytes = new byte[length];
            stream.ReadExactly(bytes);
            stream.ReadExactly(number);
            if (BinaryPrimitives.ReadUInt64LittleEndian(number) != XxHash3.HashToUInt64(bytes))
            {
                throw new MalformedDocumentException("The checkpoint is damaged: a checksum does not match.");
            }

            using var reader = new BinaryReader(new MemoryStream(bytes), Encoding.UTF8);
            return read(reader);
        }
        catch (EndOfStreamException exception)
        {
            throw new MalformedDocumentException("The checkpoint is cut short.", exception);
        }
    }
}
