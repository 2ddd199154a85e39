using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace CloudSweep.Worker.Data.Rows;

/// <summary>Numbers of float64.</summary>
internal readonly struct StoredFloat64 : IStoredNumbers
{
    public static bool MayBeMissing => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector256<double> Left, Vector256<double> Right) Load(ref byte column, nuint index) =>
        (Vector256.LoadUnsafe(ref column, index * sizeof(double)).AsDouble(), Vector256.LoadUnsafe(ref column, (index + 4) * sizeof(double)).AsDouble());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> LoadWide(ref byte column, nuint index) =>
        Vector512.LoadUnsafe(ref column, index * sizeof(double)).AsDouble();
}
