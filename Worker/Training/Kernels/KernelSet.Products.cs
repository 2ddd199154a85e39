using System.Runtime.InteropServices;

namespace CloudSweep.Worker.Training.Kernels;

/// <summary>
/// Matrix products: C in tiles whose sums stay in registers while K is gone through. A panel of B, as wide as a tile, is copied together first, for rows of B
/// that lie a power of two apart fall on the same few places of a cache. K is gone through in blocks, so that a panel stays in the first-level cache;
/// between blocks a sum rests in C and is taken up again, so it is one chain all the same.
/// </summary>
internal sealed partial class KernelSet<TVector>
{
    private const int BlockSteps = MostFusedSteps;

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
        if (size.M > 0 && size.N > 0)
        {
            var rows = Math.Min(size.N, (b.Length + bStride - size.K) / bStride);
            _ = a[((size.M - 1) * aStride) + size.K - 1];
            _ = b[((rows - 1) * bStride) + size.K - 1];
            Multiply(size, new LeftOperand(ref MemoryMarshal.GetReference(a), (nuint)aStride, 1), new RightOperand(b, bStride, rows, isTransposed: true), c, size.N, accumulate: false);
        }
    }

    private static void Multiply((int M, int N, int K) size, LeftOperand a, RightOperand b, Span<float> c, int cStride, bool accumulate)
    {
        var (m, n, k) = size;
        ArgumentOutOfRangeException.ThrowIfNotEqual(n % Padding, 0);
        _ = c[((m - 1) * cStride) + n - 1];
        for (var done = 0; done < k; done += BlockSteps)
        {
            var steps = Math.Min(BlockSteps, k - done);
            for (var column = 0; column < n;)
            {
                var vectors = VectorsOfPanel(m, n - column);
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

    private static int VectorsOfPanel(int rows, int columns)
    {
        var left = columns / TVector.Width;
        return left >= TileVectors && !IsOneTileHigh(rows) ? TileVectors : left >= 2 ? 2 : 1;
    }

    private static void MultiplyPanel(in Tile tile, int rows, int vectors)
    {
        var row = 0;
        switch (vectors)
        {
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
