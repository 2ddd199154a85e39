using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace CloudSweep.Benchmarks.Harness;

/// <summary>The most fused multiply-adds that this machine does in a second: sums in registers, nothing loaded or stored.</summary>
internal static class FmaPeak
{
    private const int Iterations = 20_000_000;
    private const int SumsPerIteration = 16;

    /// <summary>Multiplications and additions of one measurement with so many threads.</summary>
    public static double Flops(int threads) => 2.0 * Iterations * SumsPerIteration * Width * threads;

    /// <summary>Time for <see cref="Flops"/>, by so many threads together.</summary>
    public static Timing Measure(int threads) => Timing.Of(() =>
    {
        var results = new float[threads];
        var others = Enumerable.Range(1, threads - 1).Select(index => new Thread(() => results[index] = Run())).ToArray();
        foreach (var thread in others)
        {
            thread.Start();
        }

        results[0] = Run();
        foreach (var thread in others)
        {
            thread.Join();
        }

        GC.KeepAlive(results);
    });

    private static int Width => Vector512.IsHardwareAccelerated ? Vector512<float>.Count : Vector256<float>.Count;

    private static float Run() => Vector512.IsHardwareAccelerated ? Run512() : Run256();

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Run512()
    {
        var (factor, addend) = (Vector512.Create(0.999f), Vector512.Create(0.001f));
        var (a0, a1, a2, a3, a4, a5, a6, a7) = (factor, factor, factor, factor, factor, factor, factor, factor);
        var (b0, b1, b2, b3, b4, b5, b6, b7) = (addend, addend, addend, addend, addend, addend, addend, addend);
        for (var iteration = 0; iteration < Iterations; iteration++)
        {
            a0 = Vector512.FusedMultiplyAdd(a0, factor, addend);
            a1 = Vector512.FusedMultiplyAdd(a1, factor, addend);
            a2 = Vector512.FusedMultiplyAdd(a2, factor, addend);
            a3 = Vector512.FusedMultiplyAdd(a3, factor, addend);
            a4 = Vector512.FusedMultiplyAdd(a4, factor, addend);
            a5 = Vector512.FusedMultiplyAdd(a5, factor, addend);
            a6 = Vector512.FusedMultiplyAdd(a6, factor, addend);
            a7 = Vector512.FusedMultiplyAdd(a7, factor, addend);
            b0 = Vector512.FusedMultiplyAdd(b0, factor, addend);
            b1 = Vector512.FusedMultiplyAdd(b1, factor, addend);
            b2 = Vector512.FusedMultiplyAdd(b2, factor, addend);
            b3 = Vector512.FusedMultiplyAdd(b3, factor, addend);
            b4 = Vector512.FusedMultiplyAdd(b4, factor, addend);
            b5 = Vector512.FusedMultiplyAdd(b5, factor, addend);
            b6 = Vector512.FusedMultiplyAdd(b6, factor, addend);
            b7 = Vector512.FusedMultiplyAdd(b7, factor, addend);
        }

        return Vector512.Sum(a0 + a1 + a2 + a3 + a4 + a5 + a6 + a7 + b0 + b1 + b2 + b3 + b4 + b5 + b6 + b7);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Run256()
    {
        var (factor, addend) = (Vector256.Create(0.999f), Vector256.Create(0.001f));
        var (a0, a1, a2, a3, a4, a5, a6) = (factor, factor, factor, factor, factor, factor, factor);
        var (b0, b1, b2, b3, b4, b5, b6) = (addend, addend, addend, addend, addend, addend, addend);
        for (var iteration = 0; iteration < Iterations * SumsPerIteration / 14; iteration++)
        {
            a0 = Vector256.FusedMultiplyAdd(a0, factor, addend);
            a1 = Vector256.FusedMultiplyAdd(a1, factor, addend);
            a2 = Vector256.FusedMultiplyAdd(a2, factor, addend);
            a3 = Vector256.FusedMultiplyAdd(a3, factor, addend);
            a4 = Vector256.FusedMultiplyAdd(a4, factor, addend);
            a5 = Vector256.FusedMultiplyAdd(a5, factor, addend);
            a6 = Vector256.FusedMultiplyAdd(a6, factor, addend);
            b0 = Vector256.FusedMultiplyAdd(b0, factor, addend);
            b1 = Vector256.FusedMultiplyAdd(b1, factor, addend);
            b2 = Vector256.FusedMultiplyAdd(b2, factor, addend);
            b3 = Vector256.FusedMultiplyAdd(b3, factor, addend);
            b4 = Vector256.FusedMultiplyAdd(b4, factor, addend);
            b5 = Vector256.FusedMultiplyAdd(b5, factor, addend);
            b6 = Vector256.FusedMultiplyAdd(b6, factor, addend);
        }

        return Vector256.Sum(a0 + a1 + a2 + a3 + a4 + a5 + a6 + b0 + b1 + b2 + b3 + b4 + b5 + b6);
    }
}
