using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using CloudSweep.Worker.Data.Cache;

namespace CloudSweep.Worker.Data.Rows;

/// <summary>Vectors of <see cref="NumberScaling.Apply"/>, bit for bit: float64 arithmetic by the same operations, rounded once.</summary>
internal static class NumberKernel
{
    /// <summary>Scales stored values; missing ones are filled before.</summary>
    /// <param name="source">Stored values of the type, at least as many as <paramref name="target"/> takes.</param>
    /// <param name="target">A multiple of 8 values.</param>
    public static void Scale(ColumnType type, ReadOnlySpan<byte> source, in NumberScaling scaling, double fill, Span<float> target)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(target.Length % 8, 0);
        ArgumentOutOfRangeException.ThrowIfLessThan(source.Length, target.Length * ColumnCodec.SizeOf(type));
        ref var from = ref MemoryMarshal.GetReference(source);
        ref var to = ref MemoryMarshal.GetReference(target);
        switch (type)
        {
            case ColumnType.UInt8:
                Scale<StoredUInt8>(ref from, scaling, fill, ref to, (nuint)target.Length);
                break;
            case ColumnType.Int32:
                Scale<StoredInt32>(ref from, scaling, fill, ref to, (nuint)target.Length);
                break;
            case ColumnType.Float32:
                Scale<StoredFloat32>(ref from, scaling, fill, ref to, (nuint)target.Length);
                break;
            default:
                Scale<StoredFloat64>(ref from, scaling, fill, ref to, (nuint)target.Length);
                break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Scale<TStored>(ref byte from, in NumberScaling scaling, double fill, ref float to, nuint count)
        where TStored : struct, IStoredNumbers
    {
        if (Avx512F.IsSupported)
        {
            ScaleWide<TStored>(ref from, scaling, fill, ref to, count);
            return;
        }

        var filled = Vector256.Create(fill);
        var (offset, divisor) = (Vector256.Create(scaling.Offset), Vector256.Create(scaling.Divisor));
        var (high, low) = (Vector256.Create(scaling.Clip), Vector256.Create(-scaling.Clip));
        for (nuint i = 0; i < count; i += 8)
        {
            var (left, right) = TStored.Load(ref from, i);
            if (TStored.MayBeMissing)
            {
                left = Vector256.ConditionalSelect(Vector256.Equals(left, left), left, filled);
                right = Vector256.ConditionalSelect(Vector256.Equals(right, right), right, filled);
            }

            left = (left - offset) / divisor;
            right = (right - offset) / divisor;

            // There is no NaN, and the bound is no zero, so that this is Math.Clamp.
            left = Vector256.MinNative(Vector256.MaxNative(left, low), high);
            right = Vector256.MinNative(Vector256.MaxNative(right, low), high);
            Vector256.Narrow(left, right).StoreUnsafe(ref to, i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ScaleWide<TStored>(ref byte from, in NumberScaling scaling, double fill, ref float to, nuint count)
        where TStored : struct, IStoredNumbers
    {
        var filled = Vector512.Create(fill);
        var (offset, divisor) = (Vector512.Create(scaling.Offset), Vector512.Create(scaling.Divisor));
        var (high, low) = (Vector512.Create(scaling.Clip), Vector512.Create(-scaling.Clip));
        for (nuint i = 0; i < count; i += 8)
        {
            var values = TStored.LoadWide(ref from, i);
            if (TStored.MayBeMissing)
            {
                values = Vector512.ConditionalSelect(Vector512.Equals(values, values), values, filled);
            }

            values = (values - offset) / divisor;
            values = Vector512.MinNative(Vector512.MaxNative(values, low), high);
            Avx512F.ConvertToVector256Single(values).StoreUnsafe(ref to, i);
        }
    }
}
