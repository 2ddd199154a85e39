using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CloudSweep.Worker.Training.Kernels;

/// <summary>
/// Matrix products: C in tiles whose sums stay in registers while K is gone through. A panel of B, as wide as a tile, is copied together first, for rows of B
/// that lie a power of two apart fall on the same few places of a cache. K is gone through in blocks, so that a panel stays in the first-level cache;
/// between blocks a sum rests in C and is taken up again, so it is one chain all the same.
/// </summary>
internal sealed partial class KernelSet<TVector>
{
    private const int BlockSteps = 128;
    // With fewer rows than this a panel is not read often enough to be worth a copy.
    private const int FewestRowsToPack = 12;

    [ThreadStatic]
    private static float[]? t_panel;

    // 24 sums of 32 registers, or 12 of 16.
    private static int TileVectors => TVector.Width == 16 ? 4 : 2;

    public override void MultiplyMatrices(
        (int M, int N, int K) size, ReadOnlySpan<float> a, int aRowStride, int aColumnStride, ReadOnlySpan<float> b, Span<float> c, bool accumulate)
    {
        var (m, n, k) = size;
        ArgumentOutOfRangeException.ThrowIfNotEqual(n % Padding, 0);
        if (m == 0 || n == 0)
        {
            return;
        }

        _ = a[((m - 1) * aRowStride) + ((k - 1) * aColumnStride)];
        _ = b[(k * n) - 1];
        _ = c[(m * n) - 1];
        for (var done = 0; done < k; done += BlockSteps)
        {
            var steps = Math.Min(BlockSteps, k - done);
            var left = new LeftOperand(ref MemoryMarshal.GetReference(a[(done * aColumnStride)..]), (nuint)aRowStride, (nuint)aColumnStride, (nuint)steps);
            MultiplyBlock((m, n, steps), left, b.Slice(done * n, steps * n), c, accumulate || done > 0);
        }
    }

    private static void MultiplyBlock((int M, int N, int K) size, LeftOperand a, ReadOnlySpan<float> b, Span<float> c, bool accumulate)
    {
        var (m, n, k) = size;
        for (var column = 0; column < n;)
        {
            var vectors = VectorsOfTile((n - column) / TVector.Width);
            var width = vectors * TVector.Width;
            ReadOnlySpan<float> panel = b[column..];
            var stride = n;
            if (m >= FewestRowsToPack && width < n)
            {
                panel = Packed(panel, n, width, k);
                stride = width;
            }

            var tile = new Tile(in a, ref MemoryMarshal.GetReference(panel), (nuint)stride, ref c[column], (nuint)n, accumulate);
            MultiplyPanel(in tile, m, vectors);
            column += width;
        }
    }

    private static int VectorsOfTile(int left) => left >= TileVectors ? TileVectors : left >= 2 ? 2 : 1;

    private static void MultiplyPanel(in Tile tile, int rows, int vectors)
    {
        var row = 0;
        switch (vectors)
        {
            case 4:
                for (; row + 6 <= rows; row += 6)
                {
                    SixRowsFourVectors(in tile, (nuint)row);
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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static ReadOnlySpan<float> Packed(ReadOnlySpan<float> b, int stride, int width, int rows)
    {
        var panel = t_panel ??= new float[BlockSteps * TileVectors * TVector.Width];
        ref var target = ref MemoryMarshal.GetReference(panel);
        ref var source = ref MemoryMarshal.GetReference(b);
        for (var row = 0; row < rows; row++)
        {
            for (nuint column = 0; column < (nuint)width; column += (nuint)TVector.Width)
            {
                TVector.Store(TVector.Load(in source, column), ref target, column);
            }

            source = ref Unsafe.Add(ref source, stride);
            target = ref Unsafe.Add(ref target, width);
        }

        return panel.AsSpan(0, rows * width);
    }

    /// <summary>A block of A: element (m, k) is at m × <see cref="RowStride"/> + k × <see cref="ColumnStride"/>.</summary>
    private readonly ref struct LeftOperand(ref float origin, nuint rowStride, nuint columnStride, nuint steps)
    {
        public readonly ref float Origin = ref origin;

        public nuint RowStride { get; } = rowStride;

        public nuint ColumnStride { get; } = columnStride;

        public nuint Steps { get; } = steps;
    }

    /// <summary>The operands of all tiles of one panel.</summary>
    private readonly ref struct Tile(in LeftOperand a, ref float b, nuint bStride, ref float c, nuint cStride, bool accumulate)
    {
        public readonly LeftOperand A = a;

        public readonly ref float B = ref b;

        public readonly ref float C = ref c;

        public nuint BStride { get; } = bStride;

        public nuint CStride { get; } = cStride;

        public bool Accumulate { get; } = accumulate;

        public ref float RowOfA(nuint row) => ref Unsafe.Add(ref A.Origin, row * A.RowStride);

        public ref float RowOfC(nuint row) => ref Unsafe.Add(ref C, row * CStride);
    }
}
