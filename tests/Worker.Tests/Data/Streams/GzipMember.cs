using System.Buffers.Binary;
using System.IO.Hashing;

namespace CloudSweep.Worker.Tests.Data.Streams;

/// <summary>Gzip members made by hand (RFC 1952).</summary>
internal static class GzipMember
{
    /// <param name="deflated">Deflate data.</param>
    /// <param name="text">What it stands for.</param>
    /// <param name="flags">The flags.</param>
    /// <param name="fields">What the flags announce.</param>
    /// <param name="method">How the data is compressed.</param>
    public static byte[] Of(byte[] deflated, byte[] text, byte flags = 0, byte[]? fields = null, byte method = 8)
    {
        var trailer = new byte[8];
        BinaryPrimitives.WriteUInt32LittleEndian(trailer, Crc32.HashToUInt32(text));
        BinaryPrimitives.WriteInt32LittleEndian(trailer.AsSpan(4), text.Length);
        return [0x1F, 0x8B, method, flags, 1, 2, 3, 4, 0, 3, .. fields ?? [], .. deflated, .. trailer];
    }

    /// <summary>A text as one stored block.</summary>
    public static byte[] Stored(byte[] text) =>
        [1, (byte)text.Length, (byte)(text.Length >> 8), (byte)~text.Length, (byte)(~text.Length >> 8), .. text];
}
