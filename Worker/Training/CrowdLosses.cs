using System.Runtime.Intrinsics;
using CloudSweep.Worker.Training.Kernels;

namespace CloudSweep.Worker.Training;

/// <summary>The losses of a batch, added up for all lanes of a crowd in the order of <see cref="PartialSums"/>: 16 partials by row mod 16, and a fixed tree.</summary>
/// <param name="blocks">Of 16 lanes, ≥ 1.</param>
internal sealed class CrowdLosses(int blocks)
{
    private const int BlockSize = KernelSet.BlockSize;
    private const int Partials = 16;

    private readonly double[] _partials = new double[Partials * blocks * BlockSize];
    private readonly double[] _ofRow = new double[BlockSize];

    /// <summary>Of one row and block, to be added next.</summary>
    public Span<double> OfRow => _ofRow;

    public void Clear() => Array.Clear(_partials);

    /// <summary>Adds <see cref="OfRow"/>.</summary>
    /// <param name="row">Of the batch.</param>
    /// <param name="block">Its lanes.</param>
    public void Add(int row, int block) => AddTo(_partials.AsSpan((((row % Partials) * blocks) + block) * BlockSize, BlockSize), _ofRow);

    /// <summary>The sum of each lane; valid until the next batch.</summary>
    public ReadOnlySpan<double> Totals()
    {
        for (var width = Partials / 2; width > 0; width /= 2)
        {
            var half = width * blocks * BlockSize;
            AddTo(_partials.AsSpan(0, half), _partials.AsSpan(half, half));
        }

        return _partials.AsSpan(0, blocks * BlockSize);
    }

    private static void AddTo(Span<double> sums, ReadOnlySpan<double> terms)
    {
        for (var index = 0; index < sums.Length; index += Vector512<double>.Count)
        {
            (Vector512.Create<double>(sums[index..]) + Vector512.Create(terms[index..])).CopyTo(sums[index..]);
        }
    }
}
