using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CloudSweep.Worker.Training.Kernels;

/// <summary>The weights' gradient and plain sgd in one: some rows of a panel's gradients are made, and their weights moved while they are in the first-level cache.</summary>
internal sealed partial class KernelSet<TVector>
{
    // 12 KB of gradients where a tile is widest, and whole tiles of six rows.
    private const int FusedRows = 48;

    [ThreadStatic]
    private static float[]? GradientsOfThread;

    public override void MultiplyAndStep(
        (int M, int N, int K) size,
        ReadOnlySpan<float> a,
        int aRowStride,
        int aColumnStride,
        ReadOnlySpan<float> b,
        int bStride,
        int bColumns,
        Span<float> weights,
        int weightStride,
        ReadOnlySpan<float> moves,
        float weightDecay)
    {
        var (m, n, k) = size;
        ArgumentOutOfRangeException.ThrowIfNotEqual(n % Padding, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(k, MostFusedSteps);
        _ = a[((m - 1) * aRowStride) + ((k - 1) * aColumnStride)];
        _ = b[((k - 1) * bStride) + bColumns - 1];
        _ = weights[((m - 1) * weightStride) + n - 1];
        _ = moves[moves.Length == 1 ? 0 : m - 1];
        var left = new LeftOperand(ref MemoryMarshal.GetReference(a), (nuint)aRowStride, (nuint)aColumnStride);
        StepByPanels(size, left, new RightOperand(b, bStride, bColumns, isTransposed: false), weights, weightStride, new StepMoves(moves, isOfColumns: false), weightDecay);
    }

    private static void StepByPanels(
        (int M, int N, int K) size, LeftOperand left, RightOperand right, Span<float> weights, int weightStride, StepMoves moves, float weightDecay)
    {
        var (m, n, k) = size;
        ref var gradients = ref MemoryMarshal.GetArrayDataReference(GradientsOfThread ??= new float[FusedRows * TileVectors * TVector.Width]);
        for (var column = 0; column < n;)
        {
            var vectors = VectorsOfPanel(m, n - column, right.WholeColumns(column));
            var width = vectors * TVector.Width;
            var panel = right.Panel(0, k, column, width, IsWorthACopy(m, width, right.Stride));
            for (var row = 0; row < m; row += FusedRows)
            {
                var rows = Math.Min(FusedRows, m - row);
                var tile = new Tile(left.FromRow(row), ref panel.Origin, panel.Stride, (nuint)k, ref gradients, (nuint)width, accumulate: false);
                MultiplyPanel(in tile, rows, vectors);
                ref var weight = ref weights[(row * weightStride) + column];
                if (moves.IsOfColumns)
                {
                    StepColumns(ref weight, (nuint)weightStride, ref gradients, rows, (nuint)width, in moves.Values[column], weightDecay);
                }
                else
                {
                    StepRows(ref weight, (nuint)weightStride, ref gradients, rows, (nuint)width, moves.Values.Length == 1 ? moves.Values : moves.Values[row..], weightDecay);
                }
            }

            column += width;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void StepRows(ref float weights, nuint stride, ref float gradients, int rows, nuint width, ReadOnlySpan<float> moves, float weightDecay)
    {
        for (var row = 0; row < rows; row++)
        {
            var move = TVector.Broadcast(moves[moves.Length == 1 ? 0 : row]);
            for (nuint column = 0; column < width; column += (nuint)TVector.Width)
            {
                var weight = TVector.Load(in weights, column);
                TVector.Store(Moved(weight, WithDecay(TVector.Load(in gradients, column), weight, weightDecay), move), ref weights, column);
            }

            weights = ref Unsafe.Add(ref weights, stride);
            gradients = ref Unsafe.Add(ref gradients, width);
        }
    }

    /// <summary>Minus the learning rates of a step: one for all weights, one for each row of them, or one for each column.</summary>
    private readonly ref struct StepMoves(ReadOnlySpan<float> values, bool isOfColumns)
    {
        public ReadOnlySpan<float> Values { get; } = values;

        public bool IsOfColumns { get; } = isOfColumns;
    }
}
