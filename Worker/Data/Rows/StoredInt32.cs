using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace CloudSweep.Worker.Data.Rows;

/// <summary>Whole numbers in four bytes each.</summary>
internal readonly struct StoredInt32 : IStoredNumbers
{
    public static bool MayBeMissing => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector256<double> Left, Vector256<double> Right) Load(ref byte column, nuint index) =>
        Doubles(Vector128.LoadUnsafe(ref column, index * sizeof(int)).AsInt32(), Vector128.LoadUnsafe(ref column, (index + 4) * sizeof(int)).AsInt32());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector256<double> Left, Vector256<double> Right) Doubles(Vector128<int> left, Vector128<int> right) => Avx.IsSupported
        ? (Avx.ConvertToVector256Double(left), Avx.ConvertToVector256Double(right))
        : (Double(left), Double(right));

    private static Vector256<double> Double(Vector128<int> values) => Vector256.ConvertToDouble(Vector256.Create(Vector128.WidenLower(values), Vector128.WidenUpper(values)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> LoadWide(ref byte column, nuint index) =>
        Avx512F.ConvertToVector512Double(Vector256.LoadUnsafe(ref column, index * sizeof(int)).AsInt32());
}
