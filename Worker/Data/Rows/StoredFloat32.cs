using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace CloudSweep.Worker.Data.Rows;

/// <summary>Numbers of float32.</summary>
internal readonly struct StoredFloat32 : IStoredNumbers
{
    public static bool MayBeMissing => true;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector256<double> Left, Vector256<double> Right) Load(ref byte column, nuint index) =>
        Vector256.Widen(Vector256.LoadUnsafe(ref column, index * sizeof(float)).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> LoadWide(ref byte column, nuint index) =>
        Avx512F.ConvertToVector512Double(Vector256.LoadUnsafe(ref column, index * sizeof(float)).AsSingle());
}
