using System.Runtime.CompilerServices;

namespace CloudSweep.Worker.Training.Kernels;

/// <summary>The largest tile of a product, six rows of four vectors: its sums are locals, so that they stay in registers.</summary>
internal sealed partial class KernelSet<TVector>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void SixRowsFourVectors(in Tile tile, nuint row)
    {
        var width = (nuint)TVector.Width;
        var (cStride, bStride, aStride) = (tile.CStride, tile.BStride, tile.A.ColumnStride);
        ref var c = ref tile.RowOfC(row);
        TVector
            c00, c01, c02, c03,
            c10, c11, c12, c13,
            c20, c21, c22, c23,
            c30, c31, c32, c33,
            c40, c41, c42, c43,
            c50, c51, c52, c53;
        if (tile.Accumulate)
        {
            (c00, c01, c02, c03) = (TVector.Load(in c, 0), TVector.Load(in c, width), TVector.Load(in c, 2 * width), TVector.Load(in c, 3 * width));
            (c10, c11, c12, c13) = (TVector.Load(in c, cStride), TVector.Load(in c, cStride + width), TVector.Load(in c, cStride + (2 * width)), TVector.Load(in c, cStride + (3 * width)));
            (c20, c21, c22, c23) = (TVector.Load(in c, 2 * cStride), TVector.Load(in c, (2 * cStride) + width), TVector.Load(in c, (2 * cStride) + (2 * width)), TVector.Load(in c, (2 * cStride) + (3 * width)));
            (c30, c31, c32, c33) = (TVector.Load(in c, 3 * cStride), TVector.Load(in c, (3 * cStride) + width), TVector.Load(in c, (3 * cStride) + (2 * width)), TVector.Load(in c, (3 * cStride) + (3 * width)));
            (c40, c41, c42, c43) = (TVector.Load(in c, 4 * cStride), TVector.Load(in c, (4 * cStride) + width), TVector.Load(in c, (4 * cStride) + (2 * width)), TVector.Load(in c, (4 * cStride) + (3 * width)));
            (c50, c51, c52, c53) = (TVector.Load(in c, 5 * cStride), TVector.Load(in c, (5 * cStride) + width), TVector.Load(in c, (5 * cStride) + (2 * width)), TVector.Load(in c, (5 * cStride) + (3 * width)));
        }
        else
        {
            c00 = c01 = c02 = c03 = Zero;
            c10 = c11 = c12 = c13 = Zero;
            c20 = c21 = c22 = c23 = Zero;
            c30 = c31 = c32 = c33 = Zero;
            c40 = c41 = c42 = c43 = Zero;
            c50 = c51 = c52 = c53 = Zero;
        }

        ref var b = ref tile.B;
        ref var a0 = ref tile.RowOfA(row);
        ref var a1 = ref tile.RowOfA(row + 1);
        ref var a2 = ref tile.RowOfA(row + 2);
        ref var a3 = ref tile.RowOfA(row + 3);
        ref var a4 = ref tile.RowOfA(row + 4);
        ref var a5 = ref tile.RowOfA(row + 5);
        var ahead = tile.A.Ahead;
        nuint at = 0;
        for (var step = tile.Steps; step > 0; step--)
        {
            TVector.PrefetchFar(in a0, ahead + at);
            var (b0, b1, b2, b3) = (TVector.Load(in b, 0), TVector.Load(in b, width), TVector.Load(in b, 2 * width), TVector.Load(in b, 3 * width));
            var factor = TVector.Broadcast(Unsafe.Add(ref a0, at));
            c00 = TVector.MultiplyAdd(factor, b0, c00);
            c01 = TVector.MultiplyAdd(factor, b1, c01);
            c02 = TVector.MultiplyAdd(factor, b2, c02);
            c03 = TVector.MultiplyAdd(factor, b3, c03);
            factor = TVector.Broadcast(Unsafe.Add(ref a1, at));
            c10 = TVector.MultiplyAdd(factor, b0, c10);
            c11 = TVector.MultiplyAdd(factor, b1, c11);
            c12 = TVector.MultiplyAdd(factor, b2, c12);
            c13 = TVector.MultiplyAdd(factor, b3, c13);
            factor = TVector.Broadcast(Unsafe.Add(ref a2, at));
            c20 = TVector.MultiplyAdd(factor, b0, c20);
            c21 = TVector.MultiplyAdd(factor, b1, c21);
            c22 = TVector.MultiplyAdd(factor, b2, c22);
            c23 = TVector.MultiplyAdd(factor, b3, c23);
            factor = TVector.Broadcast(Unsafe.Add(ref a3, at));
            c30 = TVector.MultiplyAdd(factor, b0, c30);
            c31 = TVector.MultiplyAdd(factor, b1, c31);
            c32 = TVector.MultiplyAdd(factor, b2, c32);
            c33 = TVector.MultiplyAdd(factor, b3, c33);
            factor = TVector.Broadcast(Unsafe.Add(ref a4, at));
            c40 = TVector.MultiplyAdd(factor, b0, c40);
            c41 = TVector.MultiplyAdd(factor, b1, c41);
            c42 = TVector.MultiplyAdd(factor, b2, c42);
            c43 = TVector.MultiplyAdd(factor, b3, c43);
            factor = TVector.Broadcast(Unsafe.Add(ref a5, at));
            c50 = TVector.MultiplyAdd(factor, b0, c50);
            c51 = TVector.MultiplyAdd(factor, b1, c51);
            c52 = TVector.MultiplyAdd(factor, b2, c52);
            c53 = TVector.MultiplyAdd(factor, b3, c53);
            b = ref Unsafe.Add(ref b, bStride);
            at += aStride;
        }

        TVector.Store(c00, ref c, 0);
        TVector.Store(c01, ref c, width);
        TVector.Store(c02, ref c, 2 * width);
        TVector.Store(c03, ref c, 3 * width);
        TVector.Store(c10, ref c, cStride);
        TVector.Store(c11, ref c, cStride + width);
        TVector.Store(c12, ref c, cStride + (2 * width));
        TVector.Store(c13, ref c, cStride + (3 * width));
        TVector.Store(c20, ref c, 2 * cStride);
        TVector.Store(c21, ref c, (2 * cStride) + width);
        TVector.Store(c22, ref c, (2 * cStride) + (2 * width));
        TVector.Store(c23, ref c, (2 * cStride) + (3 * width));
        TVector.Store(c30, ref c, 3 * cStride);
        TVector.Store(c31, ref c, (3 * cStride) + width);
        TVector.Store(c32, ref c, (3 * cStride) + (2 * width));
        TVector.Store(c33, ref c, (3 * cStride) + (3 * width));
        TVector.Store(c40, ref c, 4 * cStride);
        TVector.Store(c41, ref c, (4 * cStride) + width);
        TVector.Store(c42, ref c, (4 * cStride) + (2 * width));
        TVector.Store(c43, ref c, (4 * cStride) + (3 * width));
        TVector.Store(c50, ref c, 5 * cStride);
        TVector.Store(c51, ref c, (5 * cStride) + width);
        TVector.Store(c52, ref c, (5 * cStride) + (2 * width));
        TVector.Store(c53, ref c, (5 * cStride) + (3 * width));
    }
}
