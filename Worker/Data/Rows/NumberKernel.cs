using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using CloudSweep.Worker.Data.Cache;

namespace CloudSweep.Worker.Data.Rows;

/// <summary>Vectors of <see cref="NumberScaling.Apply"/>, bit for bit: float64 arithmetic by the same operations, rounded once.</summary>
internal static class NumberKernel
{
    // Two lines of the cache on.
    private const int PrefetchAhead = 32;

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

    /// <summary>Writes columns of <see cref="NumberTile.Rows"/> scaled values each as parts of rows.</summary>
    /// <param name="columns">Columns, 1 to <see cref="NumberTile.Width"/>.</param>
    /// <param name="places">For each row its row of <paramref name="features"/>; negative = none.</param>
    /// <param name="features">Row-major; a row has <paramref name="stride"/> values.</param>
    /// <param name="firstFeature">Where the first column goes.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Transpose(ReadOnlySpan<float> scaled, int columns, ReadOnlySpan<int> places, Span<float> features, int stride, int firstFeature)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(scaled.Length, NumberTile.Width * NumberTile.Rows);
        ref var from = ref MemoryMarshal.GetReference(scaled);
        var row = 0;
        if (Avx.IsSupported && columns == NumberTile.Width)
        {
            for (; row + 8 <= places.Length; row += 8)
            {
                var rows = places.Slice(row, 8);
                TransposeEight(ref Unsafe.Add(ref from, row), rows, features, stride, firstFeature);
                TransposeEight(ref Unsafe.Add(ref from, row + (8 * NumberTile.Rows)), rows, features, stride, firstFeature + 8);
            }
        }

        for (; row < places.Length; row++)
        {
            if (places[row] >= 0)
            {
                var part = features.Slice((places[row] * stride) + firstFeature, columns);
                for (var column = 0; column < part.Length; column++)
                {
                    part[column] = scaled[(column * NumberTile.Rows) + row];
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void TransposeEight(ref float from, ReadOnlySpan<int> places, Span<float> features, int stride, int firstFeature)
    {
        const int Rows = NumberTile.Rows;
        var c0 = Vector256.LoadUnsafe(ref from);
        var c1 = Vector256.LoadUnsafe(ref from, Rows);
        var c2 = Vector256.LoadUnsafe(ref from, 2 * Rows);
        var c3 = Vector256.LoadUnsafe(ref from, 3 * Rows);
        var c4 = Vector256.LoadUnsafe(ref from, 4 * Rows);
        var c5 = Vector256.LoadUnsafe(ref from, 5 * Rows);
        var c6 = Vector256.LoadUnsafe(ref from, 6 * Rows);
        var c7 = Vector256.LoadUnsafe(ref from, 7 * Rows);

        // Pairs of columns, then fours, then halves.
        var (a0, a1, a2, a3) = (Avx.UnpackLow(c0, c1), Avx.UnpackHigh(c0, c1), Avx.UnpackLow(c2, c3), Avx.UnpackHigh(c2, c3));
        var (a4, a5, a6, a7) = (Avx.UnpackLow(c4, c5), Avx.UnpackHigh(c4, c5), Avx.UnpackLow(c6, c7), Avx.UnpackHigh(c6, c7));
        var (b0, b1) = (Avx.Shuffle(a0, a2, 0x44), Avx.Shuffle(a0, a2, 0xEE));
        var (b2, b3) = (Avx.Shuffle(a1, a3, 0x44), Avx.Shuffle(a1, a3, 0xEE));
        var (b4, b5) = (Avx.Shuffle(a4, a6, 0x44), Avx.Shuffle(a4, a6, 0xEE));
        var (b6, b7) = (Avx.Shuffle(a5, a7, 0x44), Avx.Shuffle(a5, a7, 0xEE));
        Store(Avx.Permute2x128(b0, b4, 0x20), places[0], features, stride, firstFeature);
        Store(Avx.Permute2x128(b1, b5, 0x20), places[1], features, stride, firstFeature);
        Store(Avx.Permute2x128(b2, b6, 0x20), places[2], features, stride, firstFeature);
        Store(Avx.Permute2x128(b3, b7, 0x20), places[3], features, stride, firstFeature);
        Store(Avx.Permute2x128(b0, b4, 0x31), places[4], features, stride, firstFeature);
        Store(Avx.Permute2x128(b1, b5, 0x31), places[5], features, stride, firstFeature);
        Store(Avx.Permute2x128(b2, b6, 0x31), places[6], features, stride, firstFeature);
        Store(Avx.Permute2x128(b3, b7, 0x31), places[7], features, stride, firstFeature);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void Store(Vector256<float> values, int place, Span<float> features, int stride, int firstFeature)
    {
        if (place >= 0)
        {
            var part = features[((place * stride) + firstFeature)..];
            values.CopyTo(part);

            // No hardware sees that the next parts of 64 rows far apart will be written. An address alone is told, so no memory has to stay where it is.
            Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.Add(ref MemoryMarshal.GetReference(part), PrefetchAhead)));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Scale<TStored>(ref byte from, in NumberScaling scaling, double fill, ref float to, nuint count)
        where TStored : struct, IStoredNumbers
    {
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
}
