using System.Runtime.CompilerServices;

namespace CloudSweep.Worker.Training.Kernels;

/// <summary>A tile of one row as wide as half of the registers: rows of B are read a kilobyte at a time, which the processor follows as it does not follow quarters of it.</summary>
internal sealed partial class KernelSet<TVector>
{
    private const int VectorsOfWideRow = 16;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void OneRowSixteenVectors(in Tile tile, nuint row)
    {
        var width = (nuint)TVector.Width;
        var (bStride, aStride) = (tile.BStride, tile.A.ColumnStride);
        ref var c = ref tile.RowOfC(row);
        TVector c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c13, c14, c15;
        if (tile.Accumulate)
        {
            (c0, c1, c2, c3) = (TVector.Load(in c, 0), TVector.Load(in c, width), TVector.Load(in c, 2 * width), TVector.Load(in c, 3 * width));
            (c4, c5, c6, c7) = (TVector.Load(in c, 4 * width), TVector.Load(in c, 5 * width), TVector.Load(in c, 6 * width), TVector.Load(in c, 7 * width));
            (c8, c9, c10, c11) = (TVector.Load(in c, 8 * width), TVector.Load(in c, 9 * width), TVector.Load(in c, 10 * width), TVector.Load(in c, 11 * width));
            (c12, c13, c14, c15) = (TVector.Load(in c, 12 * width), TVector.Load(in c, 13 * width), TVector.Load(in c, 14 * width), TVector.Load(in c, 15 * width));
        }
        else
        {
            c0 = c1 = c2 = c3 = c4 = c5 = c6 = c7 = Zero;
            c8 = c9 = c10 = c11 = c12 = c13 = c14 = c15 = Zero;
        }

        ref var b = ref tile.B;
        ref var a0 = ref tile.RowOfA(row);
        nuint at = 0;
        for (var step = tile.Steps; step > 0; step--)
        {
            var factor = TVector.Broadcast(Unsafe.Add(ref a0, at));
            c0 = TVector.MultiplyAdd(factor, TVector.Load(in b, 0), c0);
            c1 = TVector.MultiplyAdd(factor, TVector.Load(in b, width), c1);
            c2 = TVector.MultiplyAdd(factor, TVector.Load(in b, 2 * width), c2);
            c3 = TVector.MultiplyAdd(factor, TVector.Load(in b, 3 * width), c3);
            c4 = TVector.MultiplyAdd(factor, TVector.Load(in b, 4 * width), c4);
            c5 = TVector.MultiplyAdd(factor, TVector.Load(in b, 5 * width), c5);
            c6 = TVector.MultiplyAdd(factor, TVector.Load(in b, 6 * width), c6);
            c7 = TVector.MultiplyAdd(factor, TVector.Load(in b, 7 * width), c7);
            c8 = TVector.MultiplyAdd(factor, TVector.Load(in b, 8 * width), c8);
            c9 = TVector.MultiplyAdd(factor, TVector.Load(in b, 9 * width), c9);
            c10 = TVector.MultiplyAdd(factor, TVector.Load(in b, 10 * width), c10);
            c11 = TVector.MultiplyAdd(factor, TVector.Load(in b, 11 * width), c11);
            c12 = TVector.MultiplyAdd(factor, TVector.Load(in b, 12 * width), c12);
            c13 = TVector.MultiplyAdd(factor, TVector.Load(in b, 13 * width), c13);
            c14 = TVector.MultiplyAdd(factor, TVector.Load(in b, 14 * width), c14);
            c15 = TVector.MultiplyAdd(factor, TVector.Load(in b, 15 * width), c15);
            b = ref Unsafe.Add(ref b, bStride);
            at += aStride;
        }

        TVector.Store(c0, ref c, 0);
        TVector.Store(c1, ref c, width);
        TVector.Store(c2, ref c, 2 * width);
        TVector.Store(c3, ref c, 3 * width);
        TVector.Store(c4, ref c, 4 * width);
        TVector.Store(c5, ref c, 5 * width);
        TVector.Store(c6, ref c, 6 * width);
        TVector.Store(c7, ref c, 7 * width);
        TVector.Store(c8, ref c, 8 * width);
        TVector.Store(c9, ref c, 9 * width);
        TVector.Store(c10, ref c, 10 * width);
        TVector.Store(c11, ref c, 11 * width);
        TVector.Store(c12, ref c, 12 * width);
        TVector.Store(c13, ref c, 13 * width);
        TVector.Store(c14, ref c, 14 * width);
        TVector.Store(c15, ref c, 15 * width);
    }
}
