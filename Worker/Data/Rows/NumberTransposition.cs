using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace CloudSweep.Worker.Data.Rows;

/// <summary>Writes columns of scaled numbers as parts of rows.</summary>
internal static class NumberTransposition
{
    // Two lines of the cache on.
    private const int PrefetchAhead = 32;

    /// <param name="scaled">Columns of <see cref="NumberTile.Rows"/> values each.</param>
    /// <param name="columns">Columns, 1 to <see cref="NumberTile.Width"/>.</param>
    /// <param name="places">For each row, at most <see cref="NumberTile.Rows"/> of them, its row of <paramref name="features"/>; negative = none.</param>
    /// <param name="features">Row-major; a row has <paramref name="stride"/> values.</param>
    /// <param name="firstFeature">Where the first column goes.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Write(ReadOnlySpan<float> scaled, int columns, ReadOnlySpan<int> places, Span<float> features, int stride, int firstFeature)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(scaled.Length, NumberTile.Width * NumberTile.Rows);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(places.Length, NumberTile.Rows);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(columns, NumberTile.Width);
        ref var from = ref MemoryMarshal.GetReference(scaled);
        var row = 0;
        if (columns == NumberTile.Width)
        {
            for (; Avx512F.IsSupported && row + 16 <= places.Length; row += 16)
            {
                WriteSixteen(ref Unsafe.Add(ref from, row), places.Slice(row, 16), features, stride, firstFeature);
            }

            for (; Avx.IsSupported && row + 8 <= places.Length; row += 8)
            {
                var rows = places.Slice(row, 8);
                WriteEight(ref Unsafe.Add(ref from, row), rows, features, stride, firstFeature);
                WriteEight(ref Unsafe.Add(ref from, row + (8 * NumberTile.Rows)), rows, features, stride, firstFeature + 8);
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
    private static void WriteSixteen(ref float from, ReadOnlySpan<int> places, Span<float> features, int stride, int firstFeature)
    {
        const int Fours = 4 * NumberTile.Rows;
        var (a0, a1, a2, a3) = FourColumns(ref from);
        var (b0, b1, b2, b3) = FourColumns(ref Unsafe.Add(ref from, Fours));
        var (c0, c1, c2, c3) = FourColumns(ref Unsafe.Add(ref from, 2 * Fours));
        var (d0, d1, d2, d3) = FourColumns(ref Unsafe.Add(ref from, 3 * Fours));
        WriteFour(a0, b0, c0, d0, places, features, stride, firstFeature);
        WriteFour(a1, b1, c1, d1, places[1..], features, stride, firstFeature);
        WriteFour(a2, b2, c2, d2, places[2..], features, stride, firstFeature);
        WriteFour(a3, b3, c3, d3, places[3..], features, stride, firstFeature);
    }

    /// <summary>Four columns of 16 rows: vector k has those of rows k, 4 + k, 8 + k and 12 + k.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<float>, Vector512<float>, Vector512<float>, Vector512<float>) FourColumns(ref float from)
    {
        const int Rows = NumberTile.Rows;
        var (c0, c1) = (Vector512.LoadUnsafe(ref from), Vector512.LoadUnsafe(ref from, Rows));
        var (c2, c3) = (Vector512.LoadUnsafe(ref from, 2 * Rows), Vector512.LoadUnsafe(ref from, 3 * Rows));
        var (low01, high01, low23, high23) = (Avx512F.UnpackLow(c0, c1), Avx512F.UnpackHigh(c0, c1), Avx512F.UnpackLow(c2, c3), Avx512F.UnpackHigh(c2, c3));
        return (
            Avx512F.Shuffle(low01, low23, 0x44),
            Avx512F.Shuffle(low01, low23, 0xEE),
            Avx512F.Shuffle(high01, high23, 0x44),
            Avx512F.Shuffle(high01, high23, 0xEE));
    }

    /// <summary>Writes rows 0, 4, 8 and 12 of the places out of the quarters of four vectors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void WriteFour(
        Vector512<float> a, Vector512<float> b, Vector512<float> c, Vector512<float> d, ReadOnlySpan<int> places, Span<float> features, int stride, int firstFeature)
    {
        var (evenLeft, oddLeft) = (Avx512F.Shuffle4x128(a, b, 0x88), Avx512F.Shuffle4x128(a, b, 0xDD));
        var (evenRight, oddRight) = (Avx512F.Shuffle4x128(c, d, 0x88), Avx512F.Shuffle4x128(c, d, 0xDD));
        Store(Avx512F.Shuffle4x128(evenLeft, evenRight, 0x88), places[0], features, stride, firstFeature);
        Store(Avx512F.Shuffle4x128(oddLeft, oddRight, 0x88), places[4], features, stride, firstFeature);
        Store(Avx512F.Shuffle4x128(evenLeft, evenRight, 0xDD), places[8], features, stride, firstFeature);
        Store(Avx512F.Shuffle4x128(oddLeft, oddRight, 0xDD), places[12], features, stride, firstFeature);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void WriteEight(ref float from, ReadOnlySpan<int> places, Span<float> features, int stride, int firstFeature)
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
    private static void Store(Vector512<float> values, int place, Span<float> features, int stride, int firstFeature)
    {
        if (place >= 0)
        {
            var part = features[((place * stride) + firstFeature)..];
            values.CopyTo(part);
            Prefetch(part);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector256<float> values, int place, Span<float> features, int stride, int firstFeature)
    {
        if (place >= 0)
        {
            var part = features[((place * stride) + firstFeature)..];
            values.CopyTo(part);
            Prefetch(part);
        }
    }

    // No hardware sees that the next parts of many rows far apart will be written. An address alone is told, so no memory has to stay where it is.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static unsafe void Prefetch(Span<float> part) => Sse.Prefetch0(Unsafe.AsPointer(ref Unsafe.Add(ref MemoryMarshal.GetReference(part), PrefetchAhead)));
}
