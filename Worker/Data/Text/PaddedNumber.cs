using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace CloudSweep.Worker.Data.Text;

/// <summary>
/// Numbers of cells that lie in a <see cref="TextBuffer"/>, whose padding lets 16 bytes be read wherever a cell starts. Takes only what is exact in one step:
/// up to 15 digits and a power of ten up to 10²² are exact in a double, so that their product or quotient is the correctly rounded value (Clinger 1990).
/// </summary>
internal static class PaddedNumber
{
    private const int Width = 16;
    private const int MaxPower = 22;

    private static readonly double[] PowersOfTen =
        [1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22];

    /// <summary>By place of the point and count of digits, 0 to 15 each: takes the point out and moves the digits to the end. Above the digits is nothing.</summary>
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
        ref var moves = ref MemoryMarshal.GetArrayDataReference(Moves);
        ref var powers = ref MemoryMarshal.GetArrayDataReference(PowersOfTen);
        values = values[..cells.Length];
        for (var i = 0; i < cells.Length; i++)
        {
            var start = ends[cells[i]] + 1;
            if (!TryRead(ref Unsafe.Add(ref bytes, start), ends[cells[i] + 1] - start, ref moves, ref powers, ref values[i]))
            {
                return i;
            }
        }

        return cells.Length;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryRead(ref byte cell, int length, ref byte moves, ref double powers, ref double value)
    {
        var isNegative = cell == '-' ? 1 : 0;
        ref var number = ref Unsafe.Add(ref cell, isNegative);
        length -= isNegative;
        if ((uint)(length - 1) >= Width)
        {
            return false;
        }

        var digits = Vector128.LoadUnsafe(ref number) - Vector128.Create((byte)'0');
        var others = Vector128.GreaterThan(digits, Vector128.Create((byte)9)).ExtractMostSignificantBits() & ((1u << length) - 1);
        var point = BitOperations.TrailingZeroCount(others | (1u << length));
        double magnitude;
        if ((others & (others - 1)) == 0 && Unsafe.Add(ref number, point) == '.' && others != 0)
        {
            var count = length - 1;
            if (count == 0)
            {
                return false;
            }

            magnitude = ToInteger(digits, ref Move(ref moves, point, count)) / Unsafe.Add(ref powers, count - point);
        }
        else if (others == 0)
        {
            if (length == Width)
            {
                return false;
            }

            magnitude = ToInteger(digits, ref Move(ref moves, length, length));
        }
        else if (!TryReadScaled(ref number, length, digits, others, ref moves, ref powers, out magnitude))
        {
            return false;
        }

        value = BitConverter.Int64BitsToDouble(BitConverter.DoubleToInt64Bits(magnitude) | ((long)isNegative << 63));
        return true;
    }

    /// <summary>A number with an exponent.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryReadScaled(ref byte number, int length, Vector128<byte> digits, uint others, ref byte moves, ref double powers, out double value)
    {
        value = 0;
        var point = BitOperations.TrailingZeroCount(others);
        var afterPoint = Unsafe.Add(ref number, point) == '.' ? others & (others - 1) : others;
        var mantissa = BitOperations.TrailingZeroCount(afterPoint);
        var fraction = Math.Max(0, mantissa - point - 1);
        var count = mantissa - (point < mantissa ? 1 : 0);
        if (count == 0 || !TryReadExponent(ref Unsafe.Add(ref number, mantissa), length - mantissa, out var exponent) || exponent - fraction is < -MaxPower or > MaxPower)
        {
            return false;
        }

        var power = exponent - fraction;
        var whole = ToInteger(digits, ref Move(ref moves, point, count));
        value = power <= 0 ? whole / Unsafe.Add(ref powers, -power) : whole * Unsafe.Add(ref powers, power);
        return true;
    }

    private static ref byte Move(ref byte moves, int point, int count) => ref Unsafe.Add(ref moves, ((point * Width) + count) * Width);

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
    private static long ToInteger(Vector128<byte> digits, ref byte moves)
    {
        var moved = Ssse3.Shuffle(digits, Vector128.LoadUnsafe(ref moves));
        var twos = Ssse3.MultiplyAddAdjacent(moved, Vector128.Create(10, 1, 10, 1, 10, 1, 10, 1, 10, 1, 10, 1, 10, 1, 10, 1));
        var fours = Sse2.MultiplyAddAdjacent(twos, Vector128.Create(100, 1, 100, 1, 100, 1, 100, (short)1));
        var packed = Sse41.PackUnsignedSaturate(fours, fours);
        var eights = Sse2.MultiplyAddAdjacent(packed.AsInt16(), Vector128.Create(10000, 1, 10000, 1, 10000, 1, 10000, (short)1)).AsInt64().ToScalar();
        return ((eights & uint.MaxValue) * 100_000_000) + (eights >>> 32);
    }

    private static byte[] MakeMoves()
    {
        const byte Nothing = 0x80;
        var moves = new byte[Width * Width * Width];
        for (var point = 0; point < Width; point++)
        {
            for (var count = 0; count < Width; count++)
            {
                for (var place = 0; place < Width; place++)
                {
                    var digit = place - (Width - count);
                    var source = digit + (digit >= point ? 1 : 0);
                    moves[(((point * Width) + count) * Width) + place] = digit < 0 || source >= Width ? Nothing : (byte)source;
                }
            }
        }

        return moves;
    }
}
