using System.Globalization;
using System.Numerics;

namespace CloudSweep.Core.InMemory;

/// <summary>CRC-32C of bytes in memory.</summary>
internal static class Checksum
{
    /// <summary>As 8 lower-case hexadecimal digits.</summary>
    public static string Crc32COf(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var value in bytes)
        {
            crc = BitOperations.Crc32C(crc, value);
        }

        return (~crc).ToString("x8", CultureInfo.InvariantCulture);
    }
}
