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
        if (size.M > 0 && size.N > 0)
        {
            _ = a[((size.M - 1) * aRowStride) + ((size.K - 1) * aColumnStride)];
            _ = b[(size.K * size.N) - 1];
            Multiply(size, new LeftOperand(ref MemoryMarshal.GetReference(a), (nuint)aRowStride, (nuint)aColumnStride), new RightOperand(b, size.N, rows: null), c, accumulate);
        }
    }

    public override void MultiplyByTransposed((int M, int N, int K) size, ReadOnlySpan<float> a, int aStride, ReadOnlySpan<float> b, int bStride, Span<float> c)
    {
        if (size.M > 0 && size.N > 0)
        {
            var rows = Math.Min(size.N, (b.Length + bStride - size.K) / bStride);
            _ = a[((size.M - 1) * aStride) + size.K - 1];
            _ = b[((rows - 1) * bStride) + size.K - 1];
            Multiply(size, new LeftOperand(ref MemoryMarshal.GetReference(a), (nuint)aStride, 1), new RightOperand(b, bStride, rows), c, accumulate: false);
        }
    }

    private static void Multiply((int M, int N, int K) size, LeftOperand a, RightOperand b, Span<float> c, bool accumulate)
    {
        var (m, n, k) = size;
        ArgumentOutOfRangeException.ThrowIfNotEqual(n % Padding, 0);
        _ = c[(m * n) - 1];
        for (var done = 0; done < k; done += BlockSteps)
        {
            var steps = Math.Min(BlockSteps, k - done);
            for (var column = 0; column < n;)
            {
                var vectors = VectorsOfTile((n - column) / TVector.Width);
                var width = vectors * TVector.Width;
                var panel = b.Panel(done, steps, column, width, isCopied: m >= FewestRowsToPack && width < n);
                var tile = new Tile(a.From(done), ref panel.Origin, panel.Stride, (nuint)steps, ref c[column], (nuint)n, accumulate || done > 0);
                MultiplyPanel(in tile, m, vectors);
                column += width;
            }
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
    private static void CopyTogether(ref float source, int stride, int steps, int width, ref float panel)
    {
        for (var step = 0; step < steps; step++)
        {
            for (nuint column = 0; column < (nuint)width; column += (nuint)TVector.Width)
            {
                TVector.Store(TVector.Load(in source, column), ref panel, column);
            }

            source = ref Unsafe.Add(ref source, stride);
            panel = ref Unsafe.Add(ref panel, width);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CopyTransposed(ref float source, int stride, int steps, int width, int rows, ref float panel)
    {
        for (var column = 0; column < width; column++)
        {
            ref var target = ref Unsafe.Add(ref panel, column);
            for (var step = 0; step < steps; step++)
            {
                Unsafe.Add(ref target, step * width) = column < rows ? Unsafe.Add(ref source, step) : 0;
            }

            source = ref Unsafe.Add(ref source, column < rows ? stride : 0);
        }
    }

    /// <summary>A: element (m, k) is at m × <see cref="RowStride"/> + k × <see cref="ColumnStride"/>.</summary>
    private readonly ref struct LeftOperand(ref float origin, nuint rowStride, nuint columnStride)
    {
        public readonly ref float Origin = ref origin;

        public nuint RowStride { get; } = rowStride;

        public nuint ColumnStride { get; } = columnStride;

        public LeftOperand From(int step) => new(ref Unsafe.Add(ref Origin, (nuint)step * ColumnStride), RowStride, ColumnStride);
    }

    /// <summary>B, or with a number of <paramref name="rows"/> the transpose of it: then a panel is always copied, and is 0 beyond them.</summary>
    private readonly ref struct RightOperand(ReadOnlySpan<float> values, int stride, int? rows)
    {
        private readonly ReadOnlySpan<float> _values = values;

        public Panel Panel(int firstStep, int steps, int column, int width, bool isCopied)
        {
            if (rows is null && !isCopied)
            {
                return new Panel(ref MemoryMarshal.GetReference(_values[((firstStep * stride) + column)..]), (nuint)stride);
            }

            ref var panel = ref MemoryMarshal.GetReference(t_panel ??= new float[BlockSteps * TileVectors * TVector.Width]);
            if (rows is null)
            {
                CopyTogether(ref MemoryMarshal.GetReference(_values[((firstStep * stride) + column)..]), stride, steps, width, ref panel);
            }
            else
            {
                var left = Math.Max(0, rows.Value - column);
                ref var source = ref MemoryMarshal.GetReference(_values[(left > 0 ? (column * stride) + firstStep : 0)..]);
                CopyTransposed(ref source, stride, steps, width, left, ref panel);
            }

            return new Panel(ref panel, (nuint)width);
        }
    }

    /// <summary>A part of B as wide as a tile.</summary>
    private readonly ref struct Panel(ref float origin, nuint stride)
    {
        public readonly ref float Origin = ref origin;

        public nuint Stride { get; } = stride;
    }

    /// <summary>The operands of all tiles of one panel.</summary>
    private readonly ref struct Tile(LeftOperand a, ref float b, nuint bStride, nuint steps, ref float c, nuint cStride, bool accumulate)
    {
        public readonly LeftOperand A = a;

        public readonly ref float B = ref b;

        public readonly ref float C = ref c;

        public nuint BStride { get; } = bStride;

        public nuint Steps { get; } = steps;

        public nuint CStride { get; } = cStride;

        public bool Accumulate { get; } = accumulate;

        public ref float RowOfA(nuint row) => ref Unsafe.Add(ref A.Origin, row * A.RowStride);

        public ref float RowOfC(nuint row) => ref Unsafe.Add(ref C, row * CStride);
    }
}
