using System.Runtime.CompilerServices;

namespace CloudSweep.Worker.Training.Kernels;

/// <summary>Tiles of eight rows: with two vectors 16 sums of the 32 registers of AVX-512, so that a product of eight rows reads each of its columns once.</summary>
internal sealed partial class KernelSet<TVector>
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void EightRowsTwoVectors(in Tile tile, nuint row)
    {
        var width = (nuint)TVector.Width;
        var (cStride, bStride, aStride) = (tile.CStride, tile.BStride, tile.A.ColumnStride);
        ref var c = ref tile.RowOfC(row);
        TVector
            c00, c01,
            c10, c11,
            c20, c21,
            c30, c31,
            c40, c41,
            c50, c51,
            c60, c61,
            c70, c71;
        if (tile.Accumulate)
        {
            (c00, c01) = (TVector.Load(in c, 0), TVector.Load(in c, width));
            (c10, c11) = (TVector.Load(in c, cStride), TVector.Load(in c, cStride + width));
            (c20, c21) = (TVector.Load(in c, 2 * cStride), TVector.Load(in c, (2 * cStride) + width));
            (c30, c31) = (TVector.Load(in c, 3 * cStride), TVector.Load(in c, (3 * cStride) + width));
            (c40, c41) = (TVector.Load(in c, 4 * cStride), TVector.Load(in c, (4 * cStride) + width));
            (c50, c51) = (TVector.Load(in c, 5 * cStride), TVector.Load(in c, (5 * cStride) + width));
            (c60, c61) = (TVector.Load(in c, 6 * cStride), TVector.Load(in c, (6 * cStride) + width));
            (c70, c71) = (TVector.Load(in c, 7 * cStride), TVector.Load(in c, (7 * cStride) + width));
        }
        else
        {
            c00 = c01 = Zero;
            c10 = c11 = Zero;
            c20 = c21 = Zero;
            c30 = c31 = Zero;
            c40 = c41 = Zero;
            c50 = c51 = Zero;
            c60 = c61 = Zero;
            c70 = c71 = Zero;
        }

        ref var b = ref tile.B;
        ref var a0 = ref tile.RowOfA(row);
        ref var a1 = ref tile.RowOfA(row + 1);
        ref var a2 = ref tile.RowOfA(row + 2);
        ref var a3 = ref tile.RowOfA(row + 3);
        ref var a4 = ref tile.RowOfA(row + 4);
        ref var a5 = ref tile.RowOfA(row + 5);
        ref var a6 = ref tile.RowOfA(row + 6);
        ref var a7 = ref tile.RowOfA(row + 7);
        var ahead = tile.A.Ahead;
        nuint at = 0;
        for (var step = tile.Steps; step > 0; step--)
        {
            TVector.PrefetchFar(in a0, ahead + at);
            var (b0, b1) = (TVector.Load(in b, 0), TVector.Load(in b, width));
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
            factor = TVector.Broadcast(Unsafe.Add(ref a4, at));
            c40 = TVector.MultiplyAdd(factor, b0, c40);
            c41 = TVector.MultiplyAdd(factor, b1, c41);
            factor = TVector.Broadcast(Unsafe.Add(ref a5, at));
            c50 = TVector.MultiplyAdd(factor, b0, c50);
            c51 = TVector.MultiplyAdd(factor, b1, c51);
            factor = TVector.Broadcast(Unsafe.Add(ref a6, at));
            c60 = TVector.MultiplyAdd(factor, b0, c60);
            c61 = TVector.MultiplyAdd(factor, b1, c61);
            factor = TVector.Broadcast(Unsafe.Add(ref a7, at));
            c70 = TVector.MultiplyAdd(factor, b0, c70);
            c71 = TVector.MultiplyAdd(factor, b1, c71);
            b = ref Unsafe.Add(ref b, bStride);
            at += aStride;
        }

        TVector.Store(c00, ref c, 0);
        TVector.Store(c01, ref c, width);
        TVector.Store(c10, ref c, cStride);
        TVector.Store(c11, ref c, cStride + width);
        TVector.Store(c20, ref c, 2 * cStride);
        TVector.Store(c21, ref c, (2 * cStride) + width);
        TVector.Store(c30, ref c, 3 * cStride);
        TVector.Store(c31, ref c, (3 * cStride) + width);
        TVector.Store(c40, ref c, 4 * cStride);
        TVector.Store(c41, ref c, (4 * cStride) + width);
        TVector.Store(c50, ref c, 5 * cStride);
        TVector.Store(c51, ref c, (5 * cStride) + width);
        TVector.Store(c60, ref c, 6 * cStride);
        TVector.Store(c61, ref c, (6 * cStride) + width);
        TVector.Store(c70, ref c, 7 * cStride);
        TVector.Store(c71, ref c, (7 * cStride) + width);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void EightRowsOneVector(in Tile tile, nuint row)
    {
        var (cStride, bStride, aStride) = (tile.CStride, tile.BStride, tile.A.ColumnStride);
        ref var c = ref tile.RowOfC(row);
        TVector c00, c10, c20, c30, c40, c50, c60, c70;
        if (tile.Accumulate)
        {
            c00 = TVector.Load(in c, 0);
            c10 = TVector.Load(in c, cStride);
            c20 = TVector.Load(in c, 2 * cStride);
            c30 = TVector.Load(in c, 3 * cStride);
            c40 = TVector.Load(in c, 4 * cStride);
            c50 = TVector.Load(in c, 5 * cStride);
            c60 = TVector.Load(in c, 6 * cStride);
            c70 = TVector.Load(in c, 7 * cStride);
        }
        else
        {
            c00 = c10 = c20 = c30 = c40 = c50 = c60 = c70 = Zero;
        }

        ref var b = ref tile.B;
        ref var a0 = ref tile.RowOfA(row);
        ref var a1 = ref tile.RowOfA(row + 1);
        ref var a2 = ref tile.RowOfA(row + 2);
        ref var a3 = ref tile.RowOfA(row + 3);
        ref var a4 = ref tile.RowOfA(row + 4);
        ref var a5 = ref tile.RowOfA(row + 5);
        ref var a6 = ref tile.RowOfA(row + 6);
        ref var a7 = ref tile.RowOfA(row + 7);
        var ahead = tile.A.Ahead;
        nuint at = 0;
        for (var step = tile.Steps; step > 0; step--)
        {
            TVector.PrefetchFar(in a0, ahead + at);
            var b0 = TVector.Load(in b, 0);
            var factor = TVector.Broadcast(Unsafe.Add(ref a0, at));
            c00 = TVector.MultiplyAdd(factor, b0, c00);
            factor = TVector.Broadcast(Unsafe.Add(ref a1, at));
            c10 = TVector.MultiplyAdd(factor, b0, c10);
            factor = TVector.Broadcast(Unsafe.Add(ref a2, at));
            c20 = TVector.MultiplyAdd(factor, b0, c20);
            factor = TVector.Broadcast(Unsafe.Add(ref a3, at));
            c30 = TVector.MultiplyAdd(factor, b0, c30);
            factor = TVector.Broadcast(Unsafe.Add(ref a4, at));
            c40 = TVector.MultiplyAdd(factor, b0, c40);
            factor = TVector.Broadcast(Unsafe.Add(ref a5, at));
            c50 = TVector.MultiplyAdd(factor, b0, c50);
            factor = TVector.Broadcast(Unsafe.Add(ref a6, at));
            c60 = TVector.MultiplyAdd(factor, b0, c60);
            factor = TVector.Broadcast(Unsafe.Add(ref a7, at));
            c70 = TVector.MultiplyAdd(factor, b0, c70);
            b = ref Unsafe.Add(ref b, bStride);
            at += aStride;
        }

        TVector.Store(c00, ref c, 0);
        TVector.Store(c10, ref c, cStride);
        TVector.Store(c20, ref c, 2 * cStride);
        TVector.Store(c30, ref c, 3 * cStride);
        TVector.Store(c40, ref c, 4 * cStride);
        TVector.Store(c50, ref c, 5 * cStride);
        TVector.Store(c60, ref c, 6 * cStride);
        TVector.Store(c70, ref c, 7 * cStride);
    }
}
