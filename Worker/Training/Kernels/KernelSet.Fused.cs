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
        (int M, int N, int K) size, ReadOnlySpan<float> a, int aRowStride, int aColumnStride, ReadOnlySpan<float> b, Span<float> weights, float move, float weightDecay)
    {
        var (m, n, k) = size;
        ArgumentOutOfRangeException.ThrowIfNotEqual(n % Padding, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(k, MostFusedSteps);
        _ = a[((m - 1) * aRowStride) + ((k - 1) * aColumnStride)];
        _ = b[(k * n) - 1];
        _ = weights[(m * n) - 1];
        ref var gradients = ref MemoryMarshal.GetArrayDataReference(GradientsOfThread ??= new float[FusedRows * TileVectors * TVector.Width]);
        var left = new LeftOperand(ref MemoryMarshal.GetReference(a), (nuint)aRowStride, (nuint)aColumnStride);
        var right = new RightOperand(b, n, n, isTransposed: false);
        for (var column = 0; column < n;)
        {
            var vectors = VectorsOfTile((n - column) / TVector.Width);
            var width = vectors * TVector.Width;
            var panel = right.Panel(0, k, column, width, isCopied: m >= FewestRowsToPack && width < n);
            for (var row = 0; row < m; row += FusedRows)
            {
                var rows = Math.Min(FusedRows, m - row);
                var tile = new Tile(left.FromRow(row), ref panel.Origin, panel.Stride, (nuint)k, ref gradients, (nuint)width, accumulate: false);
                MultiplyPanel(in tile, rows, vectors);
                Step(ref weights[(row * n) + column], (nuint)n, ref gradients, rows, (nuint)width, move, weightDecay);
            }

            column += width;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Step(ref float weights, nuint stride, ref float gradients, int rows, nuint width, float move, float weightDecay)
    {
        var moves = TVector.Broadcast(move);
        for (var row = 0; row < rows; row++)
        {
            for (nuint column = 0; column < width; column += (nuint)TVector.Width)
            {
                var weight = TVector.Load(in weights, column);
                TVector.Store(Moved(weight, WithDecay(TVector.Load(in gradients, column), weight, weightDecay), moves), ref weights, column);
            }

            weights = ref Unsafe.Add(ref weights, stride);
            gradients = ref Unsafe.Add(ref gradients, width);
        }
    }
}
