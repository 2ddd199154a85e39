using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace CloudSweep.Worker.Training.Kernels;

/// <summary>Sixteen floats in one register.</summary>
internal readonly struct Avx512Vector(Vector512<float> value) : IVector<Avx512Vector>
{
    private readonly Vector512<float> _value = value;

    public static int Width => Vector512<float>.Count;

    public static Avx512Vector Broadcast(float value) => new(Vector512.Create(value));

    public static Avx512Vector Load(ref readonly float origin, nuint offset) => new(Vector512.LoadUnsafe(in origin, offset));

    public static void Store(Avx512Vector value, ref float origin, nuint offset) => value._value.StoreUnsafe(ref origin, offset);

    public static Avx512Vector Add(Avx512Vector left, Avx512Vector right) => new(left._value + right._value);

    public static Avx512Vector Subtract(Avx512Vector left, Avx512Vector right) => new(left._value - right._value);

    public static Avx512Vector Multiply(Avx512Vector left, Avx512Vector right) => new(left._value * right._value);

    public static Avx512Vector Divide(Avx512Vector left, Avx512Vector right) => new(left._value / right._value);

    public static Avx512Vector SquareRoot(Avx512Vector value) => new(Vector512.Sqrt(value._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Avx512Vector MultiplyAdd(Avx512Vector left, Avx512Vector right, Avx512Vector addend) =>
        new(Avx512F.FusedMultiplyAdd(left._value, right._value, addend._value));

    public static Avx512Vector SelectGreater(Avx512Vector left, Avx512Vector right, Avx512Vector whenGreater, Avx512Vector otherwise) =>
        new(Vector512.ConditionalSelect(Vector512.GreaterThan(left._value, right._value), whenGreater._value, otherwise._value));

    public static Avx512Vector ScaleByPowerOfTwo(Avx512Vector value, Avx512Vector n) =>
        new(value._value * ((Vector512.ConvertToInt32(n._value) + Vector512.Create(127)) << 23).AsSingle());

    public static void AddWidened(Avx512Vector value, ref double sums, nuint offset)
    {
        var (lower, upper) = Vector512.Widen(value._value);
        (Vector512.LoadUnsafe(ref sums, offset) + lower).StoreUnsafe(ref sums, offset);
        offset += (nuint)Vector512<double>.Count;
        (Vector512.LoadUnsafe(ref sums, offset) + upper).StoreUnsafe(ref sums, offset);
    }

    public static void AddSquares(Avx512Vector value, ref double sums, nuint offset)
    {
        var (lower, upper) = Vector512.Widen(value._value);
        (Vector512.LoadUnsafe(ref sums, offset) + (lower * lower)).StoreUnsafe(ref sums, offset);
        offset += (nuint)Vector512<double>.Count;
        (Vector512.LoadUnsafe(ref sums, offset) + (upper * upper)).StoreUnsafe(ref sums, offset);
    }

    public static unsafe void Prefetch(ref readonly float origin, nuint offset) => Sse.Prefetch0((float*)Unsafe.AsPointer(ref Unsafe.AsRef(in origin)) + offset);

    public static unsafe void PrefetchFar(ref readonly float origin, nuint offset) => Sse.Prefetch1((float*)Unsafe.AsPointer(ref Unsafe.AsRef(in origin)) + offset);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Transpose(ref readonly float source, nuint stride, ref float target, nuint targetStride)
    {
        for (nuint column = 0; column < (nuint)Width; column += 4)
        {
            var (row0, row1) = (FourRows(in source, column, 4 * stride), FourRows(in source, column + stride, 4 * stride));
            var (row2, row3) = (FourRows(in source, column + (2 * stride), 4 * stride), FourRows(in source, column + (3 * stride), 4 * stride));
            var (low, high) = (Avx512F.UnpackLow(row0, row1).AsDouble(), Avx512F.UnpackHigh(row0, row1).AsDouble());
            var (nextLow, nextHigh) = (Avx512F.UnpackLow(row2, row3).AsDouble(), Avx512F.UnpackHigh(row2, row3).AsDouble());
            Avx512F.UnpackLow(low, nextLow).AsSingle().StoreUnsafe(ref target, column * targetStride);
            Avx512F.UnpackHigh(low, nextLow).AsSingle().StoreUnsafe(ref target, (column + 1) * targetStride);
            Avx512F.UnpackLow(high, nextHigh).AsSingle().StoreUnsafe(ref target, (column + 2) * targetStride);
            Avx512F.UnpackHigh(high, nextHigh).AsSingle().StoreUnsafe(ref target, (column + 3) * targetStride);
        }
    }

    // Four floats of each of four rows: those a step apart are neighbours, so that the transposition stays within quarters of a register.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> FourRows(ref readonly float source, nuint offset, nuint step)
    {
        var rows = Vector128.LoadUnsafe(in source, offset).ToVector256Unsafe().ToVector512Unsafe();
        rows = Avx512F.InsertVector128(rows, Vector128.LoadUnsafe(in source, offset + step), 1);
        rows = Avx512F.InsertVector128(rows, Vector128.LoadUnsafe(in source, offset + (2 * step)), 2);
        return Avx512F.InsertVector128(rows, Vector128.LoadUnsafe(in source, offset + (3 * step)), 3);
    }
}
