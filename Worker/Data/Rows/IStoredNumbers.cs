using System.Runtime.Intrinsics;

namespace CloudSweep.Worker.Data.Rows;

/// <summary>How a column's numbers lie in a block.</summary>
internal interface IStoredNumbers
{
    /// <summary>Whether NaN, which stands for a missing number, can be stored.</summary>
    static abstract bool MayBeMissing { get; }

    /// <summary>Eight numbers one after the other, exactly.</summary>
    /// <param name="column">First byte of the column.</param>
    /// <param name="index">The first of the numbers.</param>
    static abstract (Vector256<double> Left, Vector256<double> Right) Load(ref byte column, nuint index);

    /// <summary><see cref="Load"/> as one vector, where the machine has AVX-512.</summary>
    static abstract Vector512<double> LoadWide(ref byte column, nuint index);
}
