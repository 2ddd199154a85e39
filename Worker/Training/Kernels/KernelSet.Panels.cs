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

            ref var panel = ref MemoryMarshal.GetReference(PanelOfThread ??= new float[BlockSteps * TileVectors * TVector.Width]);
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
