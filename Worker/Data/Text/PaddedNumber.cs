using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace CloudSweep.Worker.Data.Text;

/// <summary>
/// Numbers of cells that lie in a <see cref="TextBuffer"/>, whose padding lets 16 bytes be read wherever a cell starts. Takes only what is exact in one step:
/// digits up to 2⁵³ and a power of ten up to 10²² are exact in a double, so that their product or quotient is the correctly rounded value (Clinger 1990).
/// </summary>
internal static class PaddedNumber
{
    private const int Width = 16;
    private const int MaxPower = 22;
    private const long MaxExact = 1L << 53;

    private static readonly double[] PowersOfTen =
        [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22];

    /// <summary>By place of the point and digits, 0 to 16 each: takes the point out and moves the digits to the end. Above the digits is nothing.</summary>
    private static readonly byte[] Moves = MakeMoves();

    /// <summary>Reads cells, up to the first that is not taken.</summary>
    /// <param name="text">The buffer.</param>
    /// <param name="ends">The position before the record, and the ends of its cells; a cell starts one behind the end before it.</param>
    /// <param name="cells">Indices of the cells.</param>
    /// <param name="values">Receives their numbers, as many as there are cells.</param>
    /// <returns>How many were read.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Read(byte[] text, ReadOnlySpan<int> ends, ReadOnlySpan<int> cells, Span<double> values)
    {
        if (!Sse41.IsSupported)
        {
            return 0;
        }

        ref var bytes = ref MemoryMarshal.GetArrayDataReference(text);
        values = values[..cells.Length];
        for (var i = 0; i < cells.Length; i++)
        {
            var start = ends[cells[i]] + 1;
            if (!TryRead(ref Unsafe.Add(ref bytes, start), ends[cells[i] + 1] - start, out values[i]))
            {
                return i;
            }
        }

        return cells.Length;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryRead(ref byte cell, int length, out double value)
    {
        var isNegative = cell == '-' ? 1 : 0;
        ref var number = ref Unsafe.Add(ref cell, isNegative);
        length -= isNegative;
        value = 0;
        if ((uint)(length - 1) >= Width)
        {
            return false;
        }

        var digits = Vector128.LoadUnsafe(ref number) - Vector128.Create((byte)'0');
        var others = Vector128.GreaterThan(digits, Vector128.Create((byte)9)).ExtractMostSignificantBits() & ((1u << length) - 1);
        var mantissa = length;
        var point = length;
        var power = 0;
        if (others != 0)
        {
            point = BitOperations.TrailingZeroCount(others);
            var afterPoint = others & (others - 1);
            if (Unsafe.Add(ref number, point) != '.')
            {
                // Digits alone before an exponent, or no number.
                afterPoint = others;
                point = BitOperations.TrailingZeroCount(others);
            }

            if (afterPoint != 0)
            {
                mantissa = BitOperations.TrailingZeroCount(afterPoint);
                if (!TryReadExponent(ref Unsafe.Add(ref number, mantissa), length - mantissa, out power))
                {
                    return false;
                }
            }

            power -= Math.Max(0, mantissa - point - 1);
        }

        var count = mantissa - (point < mantissa ? 1 : 0);
        var whole = ToInteger(digits, point, count);
        if (count == 0 || whole > MaxExact || power is < -MaxPower or > MaxPower)
        {
            return false;
        }

        value = power <= 0 ? whole / PowersOfTen[-power] : whole * PowersOfTen[power];
        value = BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(value) | ((long)isNegative << 63));
        return true;
    }

    /// <summary>e, a sign or none, and one to three digits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryReadExponent(ref byte text, int length, out int exponent)
    {
        exponent = 0;
        var sign = length > 1 ? Unsafe.Add(ref text, 1) : 0;
        var first = sign is '-' or '+' ? 2 : 1;
        if ((text | 0x20) != 'e' || length - first is < 1 or > 3)
        {
            return false;
        }

        for (var i = first; i < length; i++)
        {
            var digit = (uint)Unsafe.Add(ref text, i) - '0';
            if (digit > 9)
            {
                return false;
            }

            exponent = (exponent * 10) + (int)digit;
        }

        exponent = sign == '-' ? -exponent : exponent;
        return true;
    }

    /// <summary>Pairs of digits, of pairs, and of those, become numbers side by side (Mula 2014).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long ToInteger(Vector128<byte> digits, int point, int count)
    {
        var move = Vector128.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(Moves), (nuint)((((Width + 1) * point) + count) * Width));
        var moved = Ssse3.Shuffle(digits, move);
        var twos = Ssse3.MultiplyAddAdjacent(moved, Vector128.Create(10, 1, 10, 1, 10, 1, 10, 1, 10, 1, 10, 1, 10, 1, 10, 1));
        var fours = Sse2.MultiplyAddAdjacent(twos, Vector128.Create(100, 1, 100, 1, 100, 1, 100, (short)1));
        var packed = Sse41.PackUnsignedSaturate(fours, fours);
        var eights = Sse2.MultiplyAddAdjacent(packed.AsInt16(), Vector128.Create(10000, 1, 10000, 1, 10000, 1, 10000, (short)1)).AsInt64().ToScalar();
        return ((eights & uint.MaxValue) * 100_000_000) + (eights >>> 32);
    }

    private static byte[] MakeMoves()
    {
        const byte Nothing = 0x80;
        var moves = new byte[(Width + 1) * (Width + 1) * Width];
        for (var point = 0; point <= Width; point++)
        {
            for (var count = 0; count <= Width; count++)
            {
                for (var place = 0; place < Width; place++)
                {
                    var digit = place - (Width - count);
                    var source = digit + (digit >= point ? 1 : 0);
                    moves[(((((Width + 1) * point) + count) * Width) + place)] = digit < 0 || source >= Width ? Nothing : (byte)source;
                }
            }
        }

        return moves;
    }
}
