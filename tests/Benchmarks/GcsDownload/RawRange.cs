using System.Buffers.Binary;
using System.Text;

namespace CloudSweep.Benchmarks.GcsDownload;

/// <summary>A part of a file, as the raw client asks the raw server for it: offset, length and the path's length, little-endian, then the path.</summary>
internal sealed record RawRange(string Path, long Offset, long Length)
{
    public const int HeadBytes = 20;

    public byte[] ToBytes()
    {
        var path = Encoding.UTF8.GetBytes(Path);
        var bytes = new byte[HeadBytes + path.Length];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, Offset);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(8), Length);
        BinaryPrimitives.WriteInt32LittleEndian(bytes.AsSpan(16), path.Length);
        path.CopyTo(bytes, HeadBytes);
        return bytes;
    }

    public static int PathLengthOf(ReadOnlySpan<byte> head) => BinaryPrimitives.ReadInt32LittleEndian(head[16..]);

    public static RawRange From(ReadOnlySpan<byte> head, ReadOnlySpan<byte> path) =>
        new(Encoding.UTF8.GetString(path), BinaryPrimitives.ReadInt64LittleEndian(head), BinaryPrimitives.ReadInt64LittleEndian(head[8..]));
}
