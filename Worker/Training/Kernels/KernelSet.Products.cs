using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CloudSweep.Worker.Training.Kernels;

/// <summary>Matrix products: tiles of 4 rows by 2 vectors, whose 8 sums stay in registers over all of K.</summary>
internal sealed partial class KernelSet<TVector>
{
    private const int TileRows = 4;

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
        var product = new Product(ref MemoryMarshal.GetReference(a), (nuint)aRowStride, (nuint)aColumnStride, ref MemoryMarshal.GetReference(b), ref MemoryMarshal.GetReference(c), (nuint)n, (nuint)k, accumulate);
        var width = TVector.Width;
        for (var column = 0; column < n;)
        {
            var isPair = column + (2 * width) <= n;
            var row = 0;
            for (; row + TileRows <= m; row += TileRows)
            {
                if (isPair)
                {
                    FourRowsTwoVectors(in product, (nuint)row, (nuint)column);
                }
                else
                {
                    FourRowsOneVector(in product, (nuint)row, (nuint)column);
                }
            }

            for (; row < m; row++)
            {
                OneRow(in product, (nuint)row, (nuint)column, isPair);
            }

            column += isPair ? 2 * width : width;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FourRowsTwoVectors(in Product product, nuint row, nuint column)
    {
        var (n, k) = (product.N, product.K);
        var width = (nuint)TVector.Width;
        ref var c = ref Unsafe.Add(ref product.C, (row * n) + column);
        TVector c00, c01, c10, c11, c20, c21, c30, c31;
        if (product.Accumulate)
        {
            (c00, c01) = (TVector.Load(in c, 0), TVector.Load(in c, width));
            (c10, c11) = (TVector.Load(in c, n), TVector.Load(in c, n + width));
            (c20, c21) = (TVector.Load(in c, 2 * n), TVector.Load(in c, (2 * n) + width));
            (c30, c31) = (TVector.Load(in c, 3 * n), TVector.Load(in c, (3 * n) + width));
        }
        else
        {
            c00 = c01 = c10 = c11 = c20 = c21 = c30 = c31 = Zero;
        }

        ref var b = ref Unsafe.Add(ref product.B, column);
        ref var a0 = ref Unsafe.Add(ref product.A, row * product.ARowStride);
        ref var a1 = ref Unsafe.Add(ref a0, product.ARowStride);
        ref var a2 = ref Unsafe.Add(ref a1, product.ARowStride);
        ref var a3 = ref Unsafe.Add(ref a2, product.ARowStride);
        var aStride = product.AColumnStride;
        nuint at = 0;
        for (nuint step = 0; step < k; step++)
        {
            var b0 = TVector.Load(in b, 0);
            var b1 = TVector.Load(in b, width);
            var factor = TVector.Broadcast(Unsafe.Add(ref a0, at));
            c00 = TVector.MultiplyAdd(factor, b0, c00);
            c01 = TVector.MultiplyAdd(factor, b1, c01);
            factor = TVector.Broadcast(Unsafe.Add(ref a1, at));
            c10 = TVector.MultiplyAdd(factor, b0, c10);
            c11 = TVector.MultiplyAdd(factor, b1, c11);
            factor = TVector.Broadcast(Unsafe.Add(ref a2, at));
            c20 = TVector.MultiplyAdd(factor, b0, c20);
            c21 = TVector.MultiplyAdd(factor, b1, c21);
            factor = TVector.Broadcast(Unsafe.Add(ref a3, at));
            c30 = TVector.MultiplyAdd(factor, b0, c30);
            c31 = TVector.MultiplyAdd(factor, b1, c31);
            b = ref Unsafe.Add(ref b, n);
            at += aStride;
        }

        TVector.Store(c00, ref c, 0);
        TVector.Store(c01, ref c, width);
        TVector.Store(c10, ref c, n);
        TVector.Store(c11, ref c, n + width);
        TVector.Store(c20, ref c, 2 * n);
        TVector.Store(c21, ref c, (2 * n) + width);
        TVector.Store(c30, ref c, 3 * n);
        TVector.Store(c31, ref c, (3 * n) + width);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FourRowsOneVector(in Product product, nuint row, nuint column)
    {
        for (nuint offset = 0; offset < TileRows; offset++)
        {
            OneRow(in product, row + offset, column, isPair: false);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void OneRow(in Product product, nuint row, nuint column, bool isPair)
    {
        var width = (nuint)TVector.Width;
        ref var c = ref Unsafe.Add(ref product.C, (row * product.N) + column);
        var second = isPair ? width : 0;
        var c0 = product.Accumulate ? TVector.Load(in c, 0) : Zero;
        var c1 = product.Accumulate ? TVector.Load(in c, second) : Zero;
        ref var b = ref Unsafe.Add(ref product.B, column);
        ref var a = ref Unsafe.Add(ref product.A, row * product.ARowStride);
        for (nuint step = 0; step < product.K; step++)
        {
            var factor = TVector.Broadcast(a);
            c0 = TVector.MultiplyAdd(factor, TVector.Load(in b, 0), c0);
            c1 = TVector.MultiplyAdd(factor, TVector.Load(in b, second), c1);
            b = ref Unsafe.Add(ref b, product.N);
            a = ref Unsafe.Add(ref a, product.AColumnStride);
        }

        TVector.Store(c1, ref c, second);
        TVector.Store(c0, ref c, 0);
    }

    /// <summary>The operands of one product.</summary>
    private readonly ref struct Product(ref float a, nuint aRowStride, nuint aColumnStride, ref float b, ref float c, nuint n, nuint k, bool accumulate)
    {
        public readonly ref float A = ref a;
        public readonly ref float B = ref b;
        public readonly ref float C = ref c;

        public nuint ARowStride { get; } = aRowStride;

        public nuint AColumnStride { get; } = aColumnStride;

        public nuint N { get; } = n;

        public nuint K { get; } = k;

        public bool Accumulate { get; } = accumulate;
    }
}
