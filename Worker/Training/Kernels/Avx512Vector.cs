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

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Avx512Vector, Avx512Vector, Avx512Vector, Avx512Vector) LoadFourColumns(ref readonly float source, nuint stride)
    {
        ref var row4 = ref Unsafe.Add(ref Unsafe.AsRef(in source), 4 * stride);
        ref var row8 = ref Unsafe.Add(ref row4, 4 * stride);
        ref var row12 = ref Unsafe.Add(ref row8, 4 * stride);
        var (rows0, rows1) = (FourRows(in source, in row4, in row8, in row12, 0), FourRows(in source, in row4, in row8, in row12, stride));
        var (rows2, rows3) = (FourRows(in source, in row4, in row8, in row12, 2 * stride), FourRows(in source, in row4, in row8, in row12, 3 * stride));
        var (low, high) = (Avx512F.UnpackLow(rows0, rows1).AsDouble(), Avx512F.UnpackHigh(rows0, rows1).AsDouble());
        var (nextLow, nextHigh) = (Avx512F.UnpackLow(rows2, rows3).AsDouble(), Avx512F.UnpackHigh(rows2, rows3).AsDouble());
        return (
            new(Avx512F.UnpackLow(low, nextLow).AsSingle()),
            new(Avx512F.UnpackHigh(low, nextLow).AsSingle()),
            new(Avx512F.UnpackLow(high, nextHigh).AsSingle()),
            new(Avx512F.UnpackHigh(high, nextHigh).AsSingle()));
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

    // Four floats of each of four rows: those four apart are neighbours, so that the transposition stays within quarters of a register.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> FourRows(ref readonly float row0, ref readonly float row4, ref readonly float row8, ref readonly float row12, nuint offset)
    {
        var rows = Vector128.LoadUnsafe(in row0, offset).ToVector256Unsafe().ToVector512Unsafe();
        rows = Avx512F.InsertVector128(rows, Vector128.LoadUnsafe(in row4, offset), 1);
        rows = Avx512F.InsertVector128(rows, Vector128.LoadUnsafe(in row8, offset), 2);
        return Avx512F.InsertVector128(rows, Vector128.LoadUnsafe(in row12, offset), 3);
    }
}
