using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace CloudSweep.Worker.Training.Kernels;

/// <summary>Eight floats in one register.</summary>
internal readonly struct Avx2Vector(Vector256<float> value) : IVector<Avx2Vector>
{
    private readonly Vector256<float> _value = value;

    public static int Width => Vector256<float>.Count;

    public static Avx2Vector Broadcast(float value) => new(Vector256.Create(value));

    public static Avx2Vector Load(ref readonly float origin, nuint offset) => new(Vector256.LoadUnsafe(in origin, offset));

    public static void Store(Avx2Vector value, ref float origin, nuint offset) => value._value.StoreUnsafe(ref origin, offset);

    public static Avx2Vector Add(Avx2Vector left, Avx2Vector right) => new(left._value + right._value);

    public static Avx2Vector Subtract(Avx2Vector left, Avx2Vector right) => new(left._value - right._value);

    public static Avx2Vector Multiply(Avx2Vector left, Avx2Vector right) => new(left._value * right._value);

    public static Avx2Vector Divide(Avx2Vector left, Avx2Vector right) => new(left._value / right._value);

    public static Avx2Vector SquareRoot(Avx2Vector value) => new(Vector256.Sqrt(value._value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Avx2Vector MultiplyAdd(Avx2Vector left, Avx2Vector right, Avx2Vector addend) =>
        new(Fma.MultiplyAdd(left._value, right._value, addend._value));

    public static Avx2Vector SelectGreater(Avx2Vector left, Avx2Vector right, Avx2Vector whenGreater, Avx2Vector otherwise) =>
        new(Vector256.ConditionalSelect(Vector256.GreaterThan(left._value, right._value), whenGreater._value, otherwise._value));

    public static Avx2Vector ScaleByPowerOfTwo(Avx2Vector value, Avx2Vector n) =>
        new(value._value * ((Vector256.ConvertToInt32(n._value) + Vector256.Create(127)) << 23).AsSingle());

    public static void AddWidened(Avx2Vector value, ref double sums, nuint offset)
    {
        var (lower, upper) = Vector256.Widen(value._value);
        (Vector256.LoadUnsafe(ref sums, offset) + lower).StoreUnsafe(ref sums, offset);
        offset += (nuint)Vector256<double>.Count;
        (Vector256.LoadUnsafe(ref sums, offset) + upper).StoreUnsafe(ref sums, offset);
    }

    public static void AddSquares(Avx2Vector value, ref double sums, nuint offset)
    {
        var (lower, upper) = Vector256.Widen(value._value);
        (Vector256.LoadUnsafe(ref sums, offset) + (lower * lower)).StoreUnsafe(ref sums, offset);
        offset += (nuint)Vector256<double>.Count;
        (Vector256.LoadUnsafe(ref sums, offset) + (upper * upper)).StoreUnsafe(ref sums, offset);
    }

    public static unsafe void Prefetch(ref readonly float origin, nuint offset) => Sse.Prefetch0((float*)Unsafe.AsPointer(ref Unsafe.AsRef(in origin)) + offset);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Avx2Vector, Avx2Vector, Avx2Vector, Avx2Vector) LoadFourColumns(ref readonly float source, nuint stride)
    {
        ref var row4 = ref Unsafe.Add(ref Unsafe.AsRef(in source), 4 * stride);
        var (rows0, rows1) = (TwoRows(in source, in row4, 0), TwoRows(in source, in row4, stride));
        var (rows2, rows3) = (TwoRows(in source, in row4, 2 * stride), TwoRows(in source, in row4, 3 * stride));
        var (low, high) = (Avx.UnpackLow(rows0, rows1).AsDouble(), Avx.UnpackHigh(rows0, rows1).AsDouble());
        var (nextLow, nextHigh) = (Avx.UnpackLow(rows2, rows3).AsDouble(), Avx.UnpackHigh(rows2, rows3).AsDouble());
        return (
            new(Avx.UnpackLow(low, nextLow).AsSingle()),
            new(Avx.UnpackHigh(low, nextLow).AsSingle()),
            new(Avx.UnpackLow(high, nextHigh).AsSingle()),
            new(Avx.UnpackHigh(high, nextHigh).AsSingle()));
    }

    public static unsafe void PrefetchFar(ref readonly float origin, nuint offset) => Sse.Prefetch1((float*)Unsafe.AsPointer(ref Unsafe.AsRef(in origin)) + offset);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Transpose(ref readonly float source, nuint stride, ref float target, nuint targetStride)
    {
        for (nuint column = 0; column < (nuint)Width; column += 4)
        {
            var (column0, column1, column2, column3) = LoadFourColumns(in Unsafe.Add(ref Unsafe.AsRef(in source), column), stride);
            Store(column0, ref target, column * targetStride);
            Store(column1, ref target, (column + 1) * targetStride);
            Store(column2, ref target, (column + 2) * targetStride);
            Store(column3, ref target, (column + 3) * targetStride);
        }
    }

    // Four floats of each of two rows.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> TwoRows(ref readonly float row0, ref readonly float row4, nuint offset) =>
        Avx.InsertVector128(Vector128.LoadUnsafe(in row0, offset).ToVector256Unsafe(), Vector128.LoadUnsafe(in row4, offset), 1);
}
