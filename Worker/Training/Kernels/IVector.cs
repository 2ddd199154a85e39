namespace CloudSweep.Worker.Training.Kernels;

/// <summary>
/// A few floats that are computed together. Every operation is exact IEEE 754 single precision, element by element,
/// so that the width never shows in a result. Comparisons with NaN are false.
/// </summary>
internal interface IVector<TSelf>
    where TSelf : struct, IVector<TSelf>
{
    static abstract int Width { get; }

    static abstract TSelf Broadcast(float value);

    static abstract TSelf Load(ref readonly float origin, nuint offset);

    static abstract void Store(TSelf value, ref float origin, nuint offset);

    static abstract TSelf Add(TSelf left, TSelf right);

    static abstract TSelf Subtract(TSelf left, TSelf right);

    static abstract TSelf Multiply(TSelf left, TSelf right);

    static abstract TSelf Divide(TSelf left, TSelf right);

    static abstract TSelf SquareRoot(TSelf value);

    /// <summary>left × right + addend, rounded once.</summary>
    static abstract TSelf MultiplyAdd(TSelf left, TSelf right, TSelf addend);

    /// <summary>left &gt; right ? whenGreater : otherwise.</summary>
    static abstract TSelf SelectGreater(TSelf left, TSelf right, TSelf whenGreater, TSelf otherwise);

    /// <summary>value × 2ⁿ for whole numbers n in [−126, 127].</summary>
    static abstract TSelf ScaleByPowerOfTwo(TSelf value, TSelf n);

    /// <summary>sums[offset + i] += value[i] in double precision, rounded once.</summary>
    static abstract void AddWidened(TSelf value, ref double sums, nuint offset);

    /// <summary>sums[offset + i] += value[i]² in double precision; the square is exact, the sum rounded once.</summary>
    static abstract void AddSquares(TSelf value, ref double sums, nuint offset);

    /// <summary>Has the line of the cache that holds a place fetched, where the processor can; the place may be beyond its array.</summary>
    static abstract void Prefetch(ref readonly float origin, nuint offset);

    /// <summary>Element i of vector j is source[i × stride + j]: four neighbours of each of so many rows as a vector is wide.</summary>
    static abstract (TSelf, TSelf, TSelf, TSelf) LoadFourColumns(ref readonly float source, nuint stride);

    /// <summary><see cref="Prefetch"/> into the second-level cache: for what is needed later.</summary>
    static abstract void PrefetchFar(ref readonly float origin, nuint offset);

    /// <summary>target[j × targetStride + i] = source[i × stride + j] for i and j below <see cref="Width"/>.</summary>
    static abstract void Transpose(ref readonly float source, nuint stride, ref float target, nuint targetStride);
}
