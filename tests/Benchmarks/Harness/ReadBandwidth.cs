using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace CloudSweep.Benchmarks.Harness;

/// <summary>How fast one thread reads memory from its beginning to its end, far more of it than the caches hold.</summary>
internal sealed class ReadBandwidth
{
    private readonly float[] _memory = new float[(256 << 20) / sizeof(float)];

    public double Bytes => _memory.Length * (double)sizeof(float);

    /// <summary>Time for <see cref="Bytes"/>.</summary>
    public Timing Measure() => Timing.Of(() => GC.KeepAlive(Sum(MemoryMarshal.Cast<float, Vector<float>>(_memory))));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Sum(ReadOnlySpan<Vector<float>> values)
    {
        var (a, b, c, d) = (Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero, Vector<float>.Zero);
        for (var index = 0; index + 3 < values.Length; index += 4)
        {
            a += values[index];
            b += values[index + 1];
            c += values[index + 2];
            d += values[index + 3];
        }

        return Vector.Sum(a + b + c + d);
    }
}
