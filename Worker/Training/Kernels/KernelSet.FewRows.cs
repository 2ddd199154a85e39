using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CloudSweep.Worker.Training.Kernels;

/// <summary>
/// Products of few rows with the transpose of a matrix: its rows become columns in registers and are multiplied at once, for nobody would read a copy of them again.
/// </summary>
internal sealed partial class KernelSet<TVector>
{
    private const int MostRowsWithoutPanel = 8;
    private const int FloatsOfLine = 16;

    // As many columns as FourColumns loads.
    private const int StepsAtOnce = 4;

    // Eight rows by two vectors need more registers than AVX2 has; of one vector, panels are faster.
    private static int RowsOfTransposedAtOnce(int rows) => rows == 1 ? Padding : rows <= MostRowsWithoutPanel && TVector.Width == Padding ? 2 * Padding : int.MaxValue;

    private static void MultiplyFewRows((int M, int N, int K) size, LeftOperand a, ReadOnlySpan<float> b, int bStride, Span<float> c, int cStride)
    {
        var (m, n, k) = size;
        var width = m == 1 ? TVector.Width : 2 * TVector.Width;
        for (var column = 0; column < n; column += width)
        {
            var tile = new Tile(a, ref MemoryMarshal.GetReference(b[(column * bStride)..]), (nuint)bStride, (nuint)k, ref c[column], (nuint)cStride, accumulate: false);
            if (m == 1)
            {
                OneRowOfColumns(in tile);
            }
            else
            {
                EightRowsOfColumns(in tile, (nuint)m);
            }
        }
    }

    // One chain, which waits for itself for less long than memory takes: sixteen rows, and the sixteen to come, stay in the first-level cache. With two it would be sixty-four.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void OneRowOfColumns(in Tile tile)
    {
        var (stride, width) = (tile.BStride, (nuint)TVector.Width);
        ref var b = ref tile.B;
        var next = width * stride;
        ref var a = ref tile.RowOfA(0);
        var c = Zero;
        for (nuint step = 0; step < tile.Steps; step += StepsAtOnce)
        {
            next = PrefetchLines(in b, next, width * StepsAtOnce);
            var (b0, b1, b2, b3) = TVector.LoadFourColumns(in Unsafe.Add(ref b, step), stride);
            c = TVector.MultiplyAdd(TVector.Broadcast(Unsafe.Add(ref a, step)), b0, c);
            c = TVector.MultiplyAdd(TVector.Broadcast(Unsafe.Add(ref a, step + 1)), b1, c);
            c = TVector.MultiplyAdd(TVector.Broadcast(Unsafe.Add(ref a, step + 2)), b2, c);
            c = TVector.MultiplyAdd(TVector.Broadcast(Unsafe.Add(ref a, step + 3)), b3, c);
        }

        TVector.Store(c, ref tile.RowOfC(0), 0);
    }

    // Rows to come, one line after the other, so that the processor reads on by itself: what a tile reads, many rows beside each other, it would notice too late.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static nuint PrefetchLines(ref readonly float origin, nuint next, nuint floats)
    {
        for (nuint line = 0; line < floats; line += 4 * FloatsOfLine)
        {
            TVector.Prefetch(in origin, next + line);
            TVector.Prefetch(in origin, next + line + FloatsOfLine);
            TVector.Prefetch(in origin, next + line + (2 * FloatsOfLine));
            TVector.Prefetch(in origin, next + line + (3 * FloatsOfLine));
        }

        return next + floats;
    }
}
