using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using CloudSweep.Worker.Training.Kernels;

namespace CloudSweep.Worker.Training;

/// <summary>A sum in double precision whose order does not depend on how its terms arrive in pieces: 16 partials by index mod 16, and a fixed tree.</summary>
internal struct PartialSums
{
    private const int Count = 16;

    private Partials _partials;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(long index, double term) => _partials[(int)(index % Count)] += term;

    /// <summary>Adds terms whose first has an index that 16 divides.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(ReadOnlySpan<double> terms)
    {
        Span<double> partials = _partials;
        var half = Vector512<double>.Count;
        var (lower, upper) = (Vector512.Create<double>(partials), Vector512.Create<double>(partials[half..]));
        for (; terms.Length >= Count; terms = terms[Count..])
        {
            lower += Vector512.Create(terms);
            upper += Vector512.Create(terms[half..]);
        }

        lower.CopyTo(partials);
        upper.CopyTo(partials[half..]);
        for (var index = 0; index < terms.Length; index++)
        {
            partials[index] += terms[index];
        }
    }

    /// <summary>Adds the squares of values whose first has an index that 16 divides.</summary>
    public void AddSquares(KernelSet kernels, ReadOnlySpan<float> values) => kernels.AddSquares(values, _partials);

    public void Clear() => _partials = default;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public readonly double Total()
    {
        ReadOnlySpan<double> partials = _partials;
        var eight = Vector512.Create(partials) + Vector512.Create(partials[Vector512<double>.Count..]);
        var four = eight.GetLower() + eight.GetUpper();
        var two = four.GetLower() + four.GetUpper();
        return two[0] + two[1];
    }

    public readonly void Write(BinaryWriter writer)
    {
        for (var index = 0; index < Count; index++)
        {
            writer.Write(_partials[index]);
        }
    }

    public static PartialSums Read(BinaryReader reader)
    {
        var sums = default(PartialSums);
        for (var index = 0; index < Count; index++)
        {
            sums._partials[index] = reader.ReadDouble();
        }

        return sums;
    }

    [InlineArray(Count)]
    private struct Partials
    {
        private double _first;
    }
}
