using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace CloudSweep.GoogleCloud.Storage;

/// <summary>CRC-32C (Castagnoli), the checksum of Cloud Storage. Three runs of bytes go through the processor's unit beside each other, since one alone waits for it two thirds of the time.</summary>
internal static class Crc32C
{
    private const uint Polynomial = 0x82F63B78;
    private const int LaneBytes = 4096;

    private static readonly uint[][] OverLane = TablesOver(LaneBytes);
    private static readonly uint[][] OverTwoLanes = TablesOver(2 * LaneBytes);

    /// <summary>The checksum of bytes whose checksum is <paramref name="crc"/> (0 for none) followed by <paramref name="bytes"/>.</summary>
    public static uint Append(uint crc, ReadOnlySpan<byte> bytes)
    {
        var state = ~crc;
        while (bytes.Length >= 3 * LaneBytes)
        {
            state = AppendThreeLanes(state, bytes);
            bytes = bytes[(3 * LaneBytes)..];
        }

        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (var word in words)
        {
            state = BitOperations.Crc32C(state, word);
        }

        foreach (var value in bytes[(words.Length * sizeof(ulong))..])
        {
            state = BitOperations.Crc32C(state, value);
        }

        return ~state;
    }

    /// <summary>The checksum of two runs of bytes one after the other, from the checksum of each and the length of the second.</summary>
    public static uint Combine(uint first, uint second, long secondBytes) => Multiply(PowerOfX(secondBytes), first) ^ second;

    /// <summary>As Google writes it: Base64 of the four bytes, the highest first.</summary>
    public static string ToBase64(uint crc)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, crc);
        return Convert.ToBase64String(bytes);
    }

    /// <summary>Reads what <see cref="ToBase64"/> writes; null for anything else.</summary>
    public static uint? FromBase64(string? text)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        return text is not null && Convert.TryFromBase64String(text, bytes, out var count) && count == bytes.Length ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : null;
    }

    private static uint AppendThreeLanes(uint state, ReadOnlySpan<byte> bytes)
    {
        var first = MemoryMarshal.Cast<byte, ulong>(bytes[..LaneBytes]);
        var second = MemoryMarshal.Cast<byte, ulong>(bytes.Slice(LaneBytes, LaneBytes));
        var third = MemoryMarshal.Cast<byte, ulong>(bytes.Slice(2 * LaneBytes, LaneBytes));
        var (secondState, thirdState) = (0u, 0u);
        for (var index = 0; index < first.Length && index < second.Length && index < third.Length; index++)
        {
            state = BitOperations.Crc32C(state, first[index]);
            secondState = BitOperations.Crc32C(secondState, second[index]);
            thirdState = BitOperations.Crc32C(thirdState, third[index]);
        }

        return Look(OverTwoLanes, state) ^ Look(OverLane, secondState) ^ thirdState;
    }

    private static uint Look(uint[][] tables, uint state) =>
        tables[0][state & 0xFF] ^ tables[1][(state >> 8) & 0xFF] ^ tables[2][(state >> 16) & 0xFF] ^ tables[3][state >> 24];

    /// <summary>What every byte of a state becomes after <paramref name="count"/> zero bytes; a state after them is the sum of its four.</summary>
    private static uint[][] TablesOver(long count)
    {
        var power = PowerOfX(count);
        return [.. Enumerable.Range(0, sizeof(uint)).Select(place => Enumerable.Range(0, 256).Select(value => Multiply(power, (uint)value << (8 * place))).ToArray())];
    }

    /// <summary>x to the power of 8 × <paramref name="count"/>, modulo the polynomial: what a checksum is multiplied by when so many bytes follow.</summary>
    private static uint PowerOfX(long count)
    {
        var result = 1u << 31;
        for (var square = 1u << 23; count > 0; count >>= 1)
        {
            result = (count & 1) == 1 ? Multiply(square, result) : result;
            square = Multiply(square, square);
        }

        return result;
    }

    /// <summary>The product of two polynomials modulo <see cref="Polynomial"/>; the highest bit is the coefficient of 1.</summary>
    private static uint Multiply(uint left, uint right)
    {
        var product = 0u;
        for (var bit = 1u << 31; bit != 0; bit >>= 1)
        {
            product ^= (left & bit) != 0 ? right : 0;
            right = (right & 1) != 0 ? (right >> 1) ^ Polynomial : right >> 1;
        }

        return product;
    }
}
