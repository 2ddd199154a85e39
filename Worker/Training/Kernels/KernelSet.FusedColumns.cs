using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CloudSweep.Worker.Training.Kernels;

/// <summary>The other part's product with a step, of weights whose columns have rates of their own.</summary>
internal sealed partial class KernelSet<TVector>
{
    public override void MultiplyAndStepColumns(
        (int M, int N, int K) size, ReadOnlySpan<float> a, int aRowStride, int aColumnStride, ReadOnlySpan<float> b, Span<float> weights, ReadOnlySpan<float> moves, float weightDecay)
    {
        var (m, n, k) = size;
        ArgumentOutOfRangeException.ThrowIfNotEqual(n % Padding, 0);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(k, MostFusedSteps);
        _ = a[((m - 1) * aRowStride) + ((k - 1) * aColumnStride)];
        _ = b[(k * n) - 1];
        _ = weights[(m * n) - 1];
        _ = moves[n - 1];
        var left = new LeftOperand(ref MemoryMarshal.GetReference(a), (nuint)aRowStride, (nuint)aColumnStride, (nuint)(k * aColumnStride));
        StepByPanels(size, left, new RightOperand(b, n, n, isTransposed: false), weights, n, new StepMoves(moves, isOfColumns: true), weightDecay);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void StepColumns(ref float weights, nuint stride, ref float gradients, int rows, nuint width, ref readonly float moves, float weightDecay)
    {
        for (var row = 0; row < rows; row++)
        {
            for (nuint column = 0; column < width; column += (nuint)TVector.Width)
            {
                var weight = TVector.Load(in weights, column);
                TVector.Store(Moved(weight, WithDecay(TVector.Load(in gradients, column), weight, weightDecay), TVector.Load(in moves, column)), ref weights, column);
            }

            weights = ref Unsafe.Add(ref weights, stride);
            gradients = ref Unsafe.Add(ref gradients, width);
        }
    }
}
