using System.Runtime.CompilerServices;

namespace CloudSweep.Worker.Training.Kernels;

/// <summary>One float.</summary>
internal readonly struct ScalarVector(float value) : IVector<ScalarVector>
{
    private readonly float _value = value;

    public static int Width => 1;

    public static ScalarVector Broadcast(float value) => new(value);

    public static ScalarVector Load(ref readonly float origin, nuint offset) => new(Unsafe.Add(ref Unsafe.AsRef(in origin), offset));

    public static void Store(ScalarVector value, ref float origin, nuint offset) => Unsafe.Add(ref origin, offset) = value._value;

    public static ScalarVector Add(ScalarVector left, ScalarVector right) => new(left._value + right._value);

    public static ScalarVector Subtract(ScalarVector left, ScalarVector right) => new(left._value - right._value);

    public static ScalarVector Multiply(ScalarVector left, ScalarVector right) => new(left._value * right._value);

    public static ScalarVector Divide(ScalarVector left, ScalarVector right) => new(left._value / right._value);

    public static ScalarVector SquareRoot(ScalarVector value) => new(MathF.Sqrt(value._value));

    public static ScalarVector MultiplyAdd(ScalarVector left, ScalarVector right, ScalarVector addend) =>
        new(MathF.FusedMultiplyAdd(left._value, right._value, addend._value));

    public static ScalarVector SelectGreater(ScalarVector left, ScalarVector right, ScalarVector whenGreater, ScalarVector otherwise) =>
        left._value > right._value ? whenGreater : otherwise;

    public static ScalarVector ScaleByPowerOfTwo(ScalarVector value, ScalarVector n) =>
        new(value._value * BitConverter.Int32BitsToSingle(((int)n._value + 127) << 23));

    public static void AddWidened(ScalarVector value, ref double sums, nuint offset) => Unsafe.Add(ref sums, offset) += value._value;

    public static void AddSquares(ScalarVector value, ref double sums, nuint offset) => Unsafe.Add(ref sums, offset) += (double)value._value * value._value;

    public static void Prefetch(ref readonly float origin, nuint offset)
    {
    }

    public static (ScalarVector, ScalarVector, ScalarVector, ScalarVector) LoadFourColumns(ref readonly float source, nuint stride) =>
        (Load(in source, 0), Load(in source, 1), Load(in source, 2), Load(in source, 3));

    public static void PrefetchFar(ref readonly float origin, nuint offset)
    {
    }

    public static void Transpose(ref readonly float source, nuint stride, ref float target, nuint targetStride) => target = source;
}
