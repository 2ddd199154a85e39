using System.Runtime.CompilerServices;
using CloudSweep.Worker.Training.Kernels;

namespace CloudSweep.Worker.Training;

/// <summary>A sum in double precision whose order does not depend on how its terms arrive in pieces: 16 partials by index mod 16, and a fixed tree.</summary>
internal struct PartialSums
{
    private const int Count = 16;

    private Partials _partials;

    public void Add(long index, double term) => _partials[(int)(index % Count)] += term;

    /// <summary>Adds the squares of values whose first has an index that 16 divides.</summary>
    public void AddSquares(KernelSet kernels, ReadOnlySpan<float> values) => kernels.AddSquares(values, _partials);

    public void Clear() => _partials = default;

    public readonly double Total()
    {
        var tree = _partials;
        for (var width = Count / 2; width > 0; width /= 2)
        {
            for (var index = 0; index < width; index++)
            {
                tree[index] += tree[index + width];
            }
        }

        return tree[0];
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
