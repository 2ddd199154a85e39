using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace CloudSweep.Worker.Data.Rows;

/// <summary>Whole numbers from 0 to 255 in a byte each.</summary>
internal readonly struct StoredUInt8 : IStoredNumbers
{
    public static bool MayBeMissing => false;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static (Vector256<double> Left, Vector256<double> Right) Load(ref byte column, nuint index)
    {
        var bytes = Vector128.CreateScalar(Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref column, index))).AsByte();
        var shorts = Vector128.WidenLower(bytes);
        return StoredInt32.Doubles(Vector128.WidenLower(shorts).AsInt32(), Vector128.WidenUpper(shorts).AsInt32());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> LoadWide(ref byte column, nuint index) =>
        Avx512F.ConvertToVector512Double(Avx2.ConvertToVector256Int32(Vector128.CreateScalar(Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref column, index))).AsByte()));
}
