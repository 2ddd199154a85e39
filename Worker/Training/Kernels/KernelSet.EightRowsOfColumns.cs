using System.Runtime.CompilerServices;

namespace CloudSweep.Worker.Training.Kernels;

/// <summary>The tile of up to eight rows with two vectors of columns that are made in registers.</summary>
internal sealed partial class KernelSet<TVector>
{
    // Rows beyond the last are the last once more.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void EightRowsOfColumns(in Tile tile, nuint rows)
    {
        var (stride, width) = (tile.BStride, (nuint)TVector.Width);
        TVector
            c00, c01,
            c10, c11,
            c20, c21,
            c30, c31,
            c40, c41,
            c50, c51,
            c60, c61,
            c70, c71;
        c00 = c01 = Zero;
        c10 = c11 = Zero;
        c20 = c21 = Zero;
        c30 = c31 = Zero;
        c40 = c41 = Zero;
        c50 = c51 = Zero;
        c60 = c61 = Zero;
        c70 = c71 = Zero;
        ref var b = ref tile.B;
        ref var d = ref Unsafe.Add(ref b, width * stride);
        var next = 2 * width * stride;
        ref var a0 = ref tile.RowOfA(0);
        ref var a1 = ref tile.RowOfA(Math.Min(1, rows - 1));
        ref var a2 = ref tile.RowOfA(Math.Min(2, rows - 1));
        ref var a3 = ref tile.RowOfA(Math.Min(3, rows - 1));
        ref var a4 = ref tile.RowOfA(Math.Min(4, rows - 1));
        ref var a5 = ref tile.RowOfA(Math.Min(5, rows - 1));
        ref var a6 = ref tile.RowOfA(Math.Min(6, rows - 1));
        ref var a7 = ref tile.RowOfA(Math.Min(7, rows - 1));
        for (nuint step = 0; step < tile.Steps; step += StepsAtOnce)
        {
            next = PrefetchLines(in b, next, 2 * width * StepsAtOnce);
            var (b0, b1, b2, b3) = TVector.LoadFourColumns(in Unsafe.Add(ref b, step), stride);
            var (d0, d1, d2, d3) = TVector.LoadFourColumns(in Unsafe.Add(ref d, step), stride);
            var factor = TVector.Broadcast(Unsafe.Add(ref a0, step));
            c00 = TVector.MultiplyAdd(factor, b0, c00);
            c01 = TVector.MultiplyAdd(factor, d0, c01);
            factor = TVector.Broadcast(Unsafe.Add(ref a1, step));
            c10 = TVector.MultiplyAdd(factor, b0, c10);
            c11 = TVector.MultiplyAdd(factor, d0, c11);
            factor = TVector.Broadcast(Unsafe.Add(ref a2, step));
            c20 = TVector.MultiplyAdd(factor, b0, c20);
            c21 = TVector.MultiplyAdd(factor, d0, c21);
            factor = TVector.Broadcast(Unsafe.Add(ref a3, step));
            c30 = TVector.MultiplyAdd(factor, b0, c30);
            c31 = TVector.MultiplyAdd(factor, d0, c31);
            factor = TVector.Broadcast(Unsafe.Add(ref a4, step));
            c40 = TVector.MultiplyAdd(factor, b0, c40);
            c41 = TVector.MultiplyAdd(factor, d0, c41);
            factor = TVector.Broadcast(Unsafe.Add(ref a5, step));
            c50 = TVector.MultiplyAdd(factor, b0, c50);
            c51 = TVector.MultiplyAdd(factor, d0, c51);
            factor = TVector.Broadcast(Unsafe.Add(ref a6, step));
            c60 = TVector.MultiplyAdd(factor, b0, c60);
            c61 = TVector.MultiplyAdd(factor, d0, c61);
            factor = TVector.Broadcast(Unsafe.Add(ref a7, step));
            c70 = TVector.MultiplyAdd(factor, b0, c70);
            c71 = TVector.MultiplyAdd(factor, d0, c71);
            factor = TVector.Broadcast(Unsafe.Add(ref a0, step + 1));
            c00 = TVector.MultiplyAdd(factor, b1, c00);
            c01 = TVector.MultiplyAdd(factor, d1, c01);
            factor = TVector.Broadcast(Unsafe.Add(ref a1, step + 1));
            c10 = TVector.MultiplyAdd(factor, b1, c10);
            c11 = TVector.MultiplyAdd(factor, d1, c11);
            factor = TVector.Broadcast(Unsafe.Add(ref a2, step + 1));
            c20 = TVector.MultiplyAdd(factor, b1, c20);
            c21 = TVector.MultiplyAdd(factor, d1, c21);
            factor = TVector.Broadcast(Unsafe.Add(ref a3, step + 1));
            c30 = TVector.MultiplyAdd(factor, b1, c30);
            c31 = TVector.MultiplyAdd(factor, d1, c31);
            factor = TVector.Broadcast(Unsafe.Add(ref a4, step + 1));
            c40 = TVector.MultiplyAdd(factor, b1, c40);
            c41 = TVector.MultiplyAdd(factor, d1, c41);
            factor = TVector.Broadcast(Unsafe.Add(ref a5, step + 1));
            c50 = TVector.MultiplyAdd(factor, b1, c50);
            c51 = TVector.MultiplyAdd(factor, d1, c51);
            factor = TVector.Broadcast(Unsafe.Add(ref a6, step + 1));
            c60 = TVector.MultiplyAdd(factor, b1, c60);
            c61 = TVector.MultiplyAdd(factor, d1, c61);
            factor = TVector.Broadcast(Unsafe.Add(ref a7, step + 1));
            c70 = TVector.MultiplyAdd(factor, b1, c70);
            c71 = TVector.MultiplyAdd(factor, d1, c71);
            factor = TVector.Broadcast(Unsafe.Add(ref a0, step + 2));
            c00 = TVector.MultiplyAdd(factor, b2, c00);
            c01 = TVector.MultiplyAdd(factor, d2, c01);
            factor = TVector.Broadcast(Unsafe.Add(ref a1, step + 2));
            c10 = TVector.MultiplyAdd(factor, b2, c10);
            c11 = TVector.MultiplyAdd(factor, d2, c11);
            factor = TVector.Broadcast(Unsafe.Add(ref a2, step + 2));
            c20 = TVector.MultiplyAdd(factor, b2, c20);
            c21 = TVector.MultiplyAdd(factor, d2, c21);
            factor = TVector.Broadcast(Unsafe.Add(ref a3, step + 2));
            c30 = TVector.MultiplyAdd(factor, b2, c30);
            c31 = TVector.MultiplyAdd(factor, d2, c31);
            factor = TVector.Broadcast(Unsafe.Add(ref a4, step + 2));
            c40 = TVector.MultiplyAdd(factor, b2, c40);
            c41 = TVector.MultiplyAdd(factor, d2, c41);
            factor = TVector.Broadcast(Unsafe.Add(ref a5, step + 2));
            c50 = TVector.MultiplyAdd(factor, b2, c50);
            c51 = TVector.MultiplyAdd(factor, d2, c51);
            factor = TVector.Broadcast(Unsafe.Add(ref a6, step + 2));
            c60 = TVector.MultiplyAdd(factor, b2, c60);
            c61 = TVector.MultiplyAdd(factor, d2, c61);
            factor = TVector.Broadcast(Unsafe.Add(ref a7, step + 2));
            c70 = TVector.MultiplyAdd(factor, b2, c70);
            c71 = TVector.MultiplyAdd(factor, d2, c71);
            factor = TVector.Broadcast(Unsafe.Add(ref a0, step + 3));
            c00 = TVector.MultiplyAdd(factor, b3, c00);
            c01 = TVector.MultiplyAdd(factor, d3, c01);
            factor = TVector.Broadcast(Unsafe.Add(ref a1, step + 3));
            c10 = TVector.MultiplyAdd(factor, b3, c10);
            c11 = TVector.MultiplyAdd(factor, d3, c11);
            factor = TVector.Broadcast(Unsafe.Add(ref a2, step + 3));
            c20 = TVector.MultiplyAdd(factor, b3, c20);
            c21 = TVector.MultiplyAdd(factor, d3, c21);
            factor = TVector.Broadcast(Unsafe.Add(ref a3, step + 3));
            c30 = TVector.MultiplyAdd(factor, b3, c30);
            c31 = TVector.MultiplyAdd(factor, d3, c31);
            factor = TVector.Broadcast(Unsafe.Add(ref a4, step + 3));
            c40 = TVector.MultiplyAdd(factor, b3, c40);
            c41 = TVector.MultiplyAdd(factor, d3, c41);
            factor = TVector.Broadcast(Unsafe.Add(ref a5, step + 3));
            c50 = TVector.MultiplyAdd(factor, b3, c50);
            c51 = TVector.MultiplyAdd(factor, d3, c51);
            factor = TVector.Broadcast(Unsafe.Add(ref a6, step + 3));
            c60 = TVector.MultiplyAdd(factor, b3, c60);
            c61 = TVector.MultiplyAdd(factor, d3, c61);
            factor = TVector.Broadcast(Unsafe.Add(ref a7, step + 3));
            c70 = TVector.MultiplyAdd(factor, b3, c70);
            c71 = TVector.MultiplyAdd(factor, d3, c71);
        }

        ref var c = ref tile.RowOfC(0);
        TVector.Store(c00, ref c, 0);
        TVector.Store(c01, ref c, width);
        c = ref tile.RowOfC(Math.Min(1, rows - 1));
        TVector.Store(c10, ref c, 0);
        TVector.Store(c11, ref c, width);
        c = ref tile.RowOfC(Math.Min(2, rows - 1));
        TVector.Store(c20, ref c, 0);
        TVector.Store(c21, ref c, width);
        c = ref tile.RowOfC(Math.Min(3, rows - 1));
        TVector.Store(c30, ref c, 0);
        TVector.Store(c31, ref c, width);
        c = ref tile.RowOfC(Math.Min(4, rows - 1));
        TVector.Store(c40, ref c, 0);
        TVector.Store(c41, ref c, width);
        c = ref tile.RowOfC(Math.Min(5, rows - 1));
        TVector.Store(c50, ref c, 0);
        TVector.Store(c51, ref c, width);
        c = ref tile.RowOfC(Math.Min(6, rows - 1));
        TVector.Store(c60, ref c, 0);
        TVector.Store(c61, ref c, width);
        c = ref tile.RowOfC(Math.Min(7, rows - 1));
        TVector.Store(c70, ref c, 0);
        TVector.Store(c71, ref c, width);
    }
}
