using System.Buffers.Binary;
using System.Runtime.InteropServices;
using CloudSweep.Core.Domain;

namespace CloudSweep.Worker.Safetensors;

/// <summary>
/// Reads safetensors files of float32 that anyone may have written. Nothing is allocated on the word of a file: every length is checked against
/// the bytes that are there.
/// </summary>
public static class SafetensorsReader
{
    /// <param name="stream">Seekable; read from its position to its end.</param>
    /// <exception cref="MalformedDocumentException">It is no such file, damaged, or holds anything but float32.</exception>
    public static TensorFile Read(Stream stream)
    {
        try
        {
            var (metadata, ranges) = SafetensorsHeader.Parse(ReadHeader(stream));
            var dataBytes = stream.Length - stream.Position;
            RequireExactCover(ranges, dataBytes);
            return new TensorFile(metadata, [.. ranges.Select(range => ReadTensor(stream, range)).ToArray()]);
        }
        catch (EndOfStreamException exception)
        {
            throw new MalformedDocumentException("The safetensors file is cut short.", exception);
        }
    }

    private static byte[] ReadHeader(Stream stream)
    {
        Span<byte> number = stackalloc byte[sizeof(ulong)];
        stream.ReadExactly(number);
        var length = BinaryPrimitives.ReadUInt64LittleEndian(number);
        if (length > SafetensorsFormat.MaxHeaderBytes || (long)length > stream.Length - stream.Position)
        {
            throw new MalformedDocumentException(
                $"Is no safetensors file: its first 8 bytes announce a header of {length} bytes, which is more than the file has or than {SafetensorsFormat.MaxHeaderBytes}.");
        }

        var header = new byte[length];
        stream.ReadExactly(header);
        return header;
    }

    // Tensors lie end to end and fill the data: no hidden bytes, no two readings of one byte.
    private static void RequireExactCover(IReadOnlyList<TensorRange> ranges, long dataBytes)
    {
        var offset = 0L;
        foreach (var range in ranges)
        {
            if (range.Begin != offset)
            {
                throw new MalformedDocumentException($"Tensor '{range.Name}' begins at byte {range.Begin} of the data; it must begin at {offset}, where the one before it ends.");
            }

            offset = range.End;
        }

        if (offset != dataBytes)
        {
            throw new MalformedDocumentException($"The tensors take {offset} bytes, but the safetensors file has {dataBytes} bytes of data; it is cut short or has something added.");
        }
    }

    private static Tensor ReadTensor(Stream stream, TensorRange range)
    {
        var values = new float[(range.End - range.Begin) / sizeof(float)];
        stream.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
        if (!BitConverter.IsLittleEndian)
        {
            var bits = MemoryMarshal.Cast<float, int>(values.AsSpan());
            BinaryPrimitives.ReverseEndianness(bits, bits);
        }

        return new Tensor(range.Name, range.Shape, values);
    }
}
