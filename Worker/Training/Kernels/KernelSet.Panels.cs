using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CloudSweep.Worker.Training.Kernels;

/// <summary>The operands of products, and the copying of panels.</summary>
internal sealed partial class KernelSet<TVector>
{
    [ThreadStatic]
    private static float[]? PanelOfThread;

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

    // Where a square of a vector's width would reach beyond the source or its rows, element by element.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CopyTransposed(ReadOnlySpan<float> source, int stride, int steps, int width, int rows, ref float panel)
    {
        ref var origin = ref MemoryMarshal.GetReference(source);
        for (var column = 0; column < width; column += TVector.Width)
        {
            var last = (column + TVector.Width - 1) * stride;
            var readable = column + TVector.Width <= rows ? Math.Min(steps, source.Length - last - TVector.Width + 1) : 0;
            var step = 0;
            for (; step < readable; step += TVector.Width)
            {
                // Rows come from memory, many beside each other: by itself the processor would notice each too late.
                ref var next = ref Unsafe.Add(ref origin, ((column + TVector.Width) * stride) + step);
                for (var row = 0; row < TVector.Width; row++)
                {
                    TVector.Prefetch(in next, (nuint)(row * stride));
                }

                TVector.Transpose(in Unsafe.Add(ref origin, (column * stride) + step), (nuint)stride, ref Unsafe.Add(ref panel, (step * width) + column), (nuint)width);
            }

            for (; step < steps; step++)
            {
                for (var of = column; of < column + TVector.Width; of++)
                {
                    Unsafe.Add(ref panel, (step * width) + of) = of < rows ? Unsafe.Add(ref origin, (of * stride) + step) : 0;
                }
            }
        }
    }

    // Columns beyond those there are become 0.
    private static void CopyNarrow(ReadOnlySpan<float> source, int stride, int steps, int width, int columns, Span<float> panel)
    {
        for (var step = 0; step < steps; step++)
        {
            source.Slice(step * stride, columns).CopyTo(panel.Slice(step * width, columns));
            panel.Slice((step * width) + columns, width - columns).Clear();
        }
    }

    /// <summary>A: element (m, k) is at m × <see cref="RowStride"/> + k × <see cref="ColumnStride"/>.</summary>
    /// <remarks><see cref="Ahead"/> is how far behind an element lies the one that is likely needed in its place next; it is fetched meanwhile. 0 = nothing is.</remarks>
    private readonly ref struct LeftOperand(ref float origin, nuint rowStride, nuint columnStride, nuint ahead = 0)
    {
        public readonly ref float Origin = ref origin;

        public nuint RowStride { get; } = rowStride;

        public nuint ColumnStride { get; } = columnStride;

        public nuint Ahead { get; } = ahead;

        public LeftOperand FromRow(int row) => new(ref Unsafe.Add(ref Origin, (nuint)row * RowStride), RowStride, ColumnStride, Ahead);

        public LeftOperand From(int step) => new(ref Unsafe.Add(ref Origin, (nuint)step * ColumnStride), RowStride, ColumnStride, Ahead);
    }

    /// <summary>B, of so many columns, or the transpose of so many rows: that is always copied. Panels are 0 beyond them.</summary>
    private readonly ref struct RightOperand(ReadOnlySpan<float> values, int stride, int columns, bool isTransposed)
    {
        private readonly ReadOnlySpan<float> _values = values;

        public int Stride => stride;

        /// <summary>Columns from one on that need no copy.</summary>
        public int WholeColumns(int column) => isTransposed ? 0 : columns - column;

        public Panel Panel(int firstStep, int steps, int column, int width, bool isCopied)
        {
            var left = Math.Max(0, columns - column);
            if (!isTransposed && !isCopied && left >= width)
            {
                return new Panel(ref MemoryMarshal.GetReference(_values[((firstStep * stride) + column)..]), (nuint)stride);
            }

            var panel = PanelOfThread ??= new float[MostBlockSteps * TileVectors * TVector.Width];
            ref var origin = ref MemoryMarshal.GetArrayDataReference(panel);
            if (isTransposed)
            {
                CopyTransposed(_values[(left > 0 ? (column * stride) + firstStep : 0)..], stride, steps, width, left, ref origin);
            }
            else if (left < width)
            {
                CopyNarrow(_values[((firstStep * stride) + Math.Min(column, columns))..], stride, steps, width, left, panel);
            }
            else
            {
                CopyTogether(ref MemoryMarshal.GetReference(_values[((firstStep * stride) + column)..]), stride, steps, width, ref origin);
            }

            return new Panel(ref origin, (nuint)width);
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
