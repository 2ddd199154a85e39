using CloudSweep.Worker.Training;
using CloudSweep.Worker.Training.Kernels;

namespace CloudSweep.Worker.Tests.Training;

/// <summary>Products of few rows, which have kernels of their own, are one ascending chain of fused multiply-adds like all others.</summary>
public sealed class FewRowsProductTests
{
    // Steps that four does not divide, rows of B that sixteen or thirty-two do not, and more rows of A than these kernels take.
    public static TheoryData<string, int, int> Transposed() => new MatrixTheoryData<string, int, int>(
        [.. KernelPaths.Supported().Select(KernelPaths.Name)], [1, 2, 7, 8, 9], [1, 3, 4, 18, 131, 256]);

    // Rows of B as wide as the widest tile, wider, and narrower; the last columns of C are padding.
    public static TheoryData<string, int, int> Wide() => new MatrixTheoryData<string, int, int>(
        [.. KernelPaths.Supported().Select(KernelPaths.Name)], [256, 272, 528], [0, 3]);

    [Theory]
    [MemberData(nameof(Transposed))]
    public void MultiplyByTransposed_FewRows_IsOneAscendingChain(string path, int m, int k)
    {
        var kernels = KernelPaths.KernelsOf(KernelPaths.Parse(path)!.Value);
        foreach (var rows in (int[])[1, 15, 16, 33, 48, 64, 100])
        {
            var (aStride, bStride, n) = (k + 5, k + 2, KernelSet.Padded(rows));
            var (a, b) = (Numbers(m * aStride, 1), Numbers(((rows - 1) * bStride) + k, 2));
            var c = Numbers(m * n, 3);

            kernels.MultiplyByTransposed((m, n, k), a, aStride, b, bStride, c);

            var expected = Product((m, n, k), (row, step) => a[(row * aStride) + step], (step, column) => column < rows ? b[(column * bStride) + step] : 0, new float[m * n]);
            Assert.True(expected.AsSpan().SequenceEqual(c), $"{rows} rows of B");
        }
    }

    [Theory]
    [MemberData(nameof(Wide))]
    public void MultiplyMatrices_OneWideRow_IsOneAscendingChain(string path, int n, int padding)
    {
        var kernels = KernelPaths.KernelsOf(KernelPaths.Parse(path)!.Value);
        foreach (var (k, accumulate) in (ReadOnlySpan<(int, bool)>)[(1, false), (64, false), (64, true), (200, true)])
        {
            var (a, b) = (Numbers(2 * k, 1), Numbers(k * n, 2));
            var sums = Numbers(n, 3);
            var expected = Product((1, n, k), (_, step) => a[2 * step], (step, column) => column < n - padding ? b[(step * n) + column] : 0, accumulate ? [.. sums] : new float[n]);

            kernels.MultiplyMatrices((1, n, k), a, 0, 2, b, n, n - padding, sums, n, accumulate);

            Assert.True(expected.AsSpan().SequenceEqual(sums), $"{k} steps");
        }
    }

    [Theory]
    [MemberData(nameof(Wide))]
    public void MultiplyAndStep_OneWideRow_IsAProductAndAStep(string path, int n, int padding)
    {
        const int Steps = 64;
        const float Decay = 0.01f;
        var kernels = KernelPaths.KernelsOf(KernelPaths.Parse(path)!.Value);
        var (a, b, weights) = (Numbers(Steps, 1), Numbers(Steps * n, 2), Numbers(n, 3));
        var (expected, gradients) = (weights.ToArray(), new float[n]);
        kernels.MultiplyMatrices((1, n, Steps), a, 0, 1, b, n, n - padding, gradients, n, accumulate: false);
        kernels.UpdateSgd(expected, gradients, Enumerable.Repeat(-0.1f, KernelSet.Padding).ToArray(), Decay);

        kernels.MultiplyAndStep((1, n, Steps), a, 0, 1, b, n, n - padding, weights, n, [-0.1f], Decay);

        Assert.Equal(expected, weights);
    }

    private static float[] Product((int M, int N, int K) size, Func<int, int, float> a, Func<int, int, float> b, float[] sums)
    {
        for (var index = 0; index < sums.Length; index++)
        {
            for (var step = 0; step < size.K; step++)
            {
                sums[index] = MathF.FusedMultiplyAdd(a(index / size.N, step), b(step, index % size.N), sums[index]);
            }
        }

        return sums;
    }

    private static float[] Numbers(int count, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => (float)((2 * random.NextDouble()) - 1))];
    }
}
