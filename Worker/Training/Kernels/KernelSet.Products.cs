using System.Runtime.InteropServices;

namespace CloudSweep.Worker.Training.Kernels;

/// <summary>
/// Matrix products: C in tiles whose sums stay in registers while K is gone through. A panel of B, as wide as a tile, is copied together first, for rows of B
/// that lie a power of two apart fall on the same few places of a cache. K is gone through in blocks, so that a panel stays in the first-level cache;
/// between blocks a sum rests in C and is taken up again, so it is one chain all the same.
/// </summary>
internal sealed partial class KernelSet<TVector>
{
    // A panel of as many steps takes 36 KB of 48 where a tile is widest.
    private const int MostBlockSteps = 144;

    // With fewer rows than this a panel is not read often enough to be worth a copy.
    private const int FewestRowsToPack = 7;

    // 24 sums of 32 registers, or 12 of 16.
    private static int TileVectors => TVector.Width == 16 ? 4 : 2;

    public override void MultiplyMatrices(
        (int M, int N, int K) size, ReadOnlySpan<float> a, int aRowStride, int aColumnStride, ReadOnlySpan<float> b, int bStride, int bColumns, Span<float> c, int cStride, bool accumulate)
    {
        if (size.M > 0 && size.N > 0)
        {
            _ = a[((size.M - 1) * aRowStride) + ((size.K - 1) * aColumnStride)];
            _ = b[((size.K - 1) * bStride) + bColumns - 1];
            var left = new LeftOperand(ref MemoryMarshal.GetReference(a), (nuint)aRowStride, (nuint)aColumnStride);
            Multiply(size, left, new RightOperand(b, bStride, bColumns, isTransposed: false), c, cStride, accumulate);
        }
    }

    public override void MultiplyByTransposed((int M, int N, int K) size, ReadOnlySpan<float> a, int aStride, ReadOnlySpan<float> b, int bStride, Span<float> c)
    {
        var (m, n, k) = size;
        if (m == 0 || n == 0)
        {
            return;
        }

        var rows = Math.Min(n, (b.Length + bStride - k) / bStride);
        _ = a[((m - 1) * aStride) + k - 1];
        _ = b[((rows - 1) * bStride) + k - 1];
        _ = c[(m * n) - 1];
        var left = new LeftOperand(ref MemoryMarshal.GetReference(a), (nuint)aStride, 1);
        var (whole, steps) = (rows - (rows % RowsOfTransposedAtOnce(m)), k - (k % StepsAtOnce));
        if (whole == 0 || steps == 0)
        {
            Multiply(size, left, new RightOperand(b, bStride, rows, isTransposed: true), c, n, accumulate: false);
            return;
        }

        MultiplyFewRows((m, whole, steps), left, b, bStride, c, n);
        if (steps < k)
        {
            Multiply((m, whole, k - steps), left.From(steps), new RightOperand(b[steps..], bStride, whole, isTransposed: true), c, n, accumulate: true);
        }

        if (whole < n)
        {
            Multiply((m, n - whole, k), left, new RightOperand(b[Math.Min(b.Length, whole * bStride)..], bStride, rows - whole, isTransposed: true), c[whole..], n, accumulate: false);
        }
    }

    private static void Multiply((int M, int N, int K) size, LeftOperand a, RightOperand b, Span<float> c, int cStride, bool accumulate)
    {
        var (m, n, k) = size;
        ArgumentOutOfRangeException.ThrowIfNotEqual(n % Padding, 0);
        _ = c[((m - 1) * cStride) + n - 1];
        // Blocks alike: a tile of few steps begins and ends as often as one of many.
        var blocks = (k + MostBlockSteps - 1) / MostBlockSteps;
        var blockSteps = (k + blocks - 1) / Math.Max(1, blocks);
        for (var done = 0; done < k; done += blockSteps)
        {
            var steps = Math.Min(blockSteps, k - done);
            for (var column = 0; column < n;)
            {
                var vectors = VectorsOfPanel(m, n - column, b.WholeColumns(column));
                var width = vectors * TVector.Width;
                var panel = b.Panel(done, steps, column, width, IsWorthACopy(m, width, b.Stride));
                var tile = new Tile(a.From(done), ref panel.Origin, panel.Stride, (nuint)steps, ref c[column], (nuint)cStride, accumulate || done > 0);
                MultiplyPanel(in tile, m, vectors);
                column += width;
            }
        }
    }

    // Eight rows of two vectors read a panel once, so that it needs no copy.
    private static bool IsOneTileHigh(int rows) => rows == 8 && TVector.Width == 16;

    private static bool IsWorthACopy(int rows, int width, int stride) => rows >= FewestRowsToPack && !IsOneTileHigh(rows) && width < stride;

    private static int VectorsOfPanel(int rows, int columns, int uncopied)
    {
        var left = columns / TVector.Width;
        return rows == 1 && TVector.Width == 16 && uncopied >= VectorsOfWideRow * TVector.Width ? VectorsOfWideRow
            : left >= TileVectors && !IsOneTileHigh(rows) ? TileVectors
            : left >= 2 ? 2
            : 1;
    }

    private static void MultiplyPanel(in Tile tile, int rows, int vectors)
    {
        var row = 0;
        switch (vectors)
        {
            case VectorsOfWideRow:
                OneRowSixteenVectors(in tile, 0);
                break;
            case 4:
                // Eight rows are four and four: two would wait for their sums.
                for (; row + 6 <= rows && rows - row != 8; row += 6)
                {
                    SixRowsFourVectors(in tile, (nuint)row);
                }

                for (; row + 4 <= rows; row += 4)
                {
                    FourRowsFourVectors(in tile, (nuint)row);
                }

                for (; row + 2 <= rows; row += 2)
                {
                    TwoRowsFourVectors(in tile, (nuint)row);
                }

                for (; row < rows; row++)
                {
                    OneRowFourVectors(in tile, (nuint)row);
                }

                break;
            case 2:
                for (; row + 8 <= rows && TVector.Width == 16; row += 8)
                {
                    EightRowsTwoVectors(in tile, (nuint)row);
                }

                for (; row + 6 <= rows; row += 6)
                {
                    SixRowsTwoVectors(in tile, (nuint)row);
                }

                for (; row < rows; row++)
                {
                    OneRowTwoVectors(in tile, (nuint)row);
                }

                break;
            default:
                for (; row + 8 <= rows; row += 8)
                {
                    EightRowsOneVector(in tile, (nuint)row);
                }

                for (; row < rows; row++)
                {
                    OneRowOneVector(in tile, (nuint)row);
                }

                break;
        }
    }
}
