using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace CloudSweep.Worker.Training;

/// <summary>The losses of a batch, added up for all lanes of a crowd in the order of <see cref="PartialSums"/>: 16 partials by row mod 16, and a fixed tree.</summary>
/// <param name="lanes">A multiple of 16.</param>
internal sealed class CrowdLosses(int lanes)
{
    private const int Partials = 16;

    // Labels and losses that are looked at together: those of all lanes at as many rows as that are, at least one.
    private const int AtOnce = 256;

    private readonly double[] _sums = new double[Partials * lanes];

    public int Lanes => lanes;

    /// <summary>Rows whose losses have room side by side, where a row has one output of each lane; else one row's have.</summary>
    public int RowsAtOnce { get; } = Math.Max(1, AtOnce / lanes);

    /// <summary>Room for the class of each lane at <see cref="RowsAtOnce"/> rows.</summary>
    public int[] Classes { get; } = new int[Math.Max(lanes, AtOnce)];

    /// <summary>Room for the target of each lane at <see cref="RowsAtOnce"/> rows.</summary>
    public float[] Targets { get; } = new float[Math.Max(lanes, AtOnce)];

    /// <summary>Room for the loss of each lane at <see cref="RowsAtOnce"/> rows.</summary>
    public double[] OfRows { get; } = new double[Math.Max(lanes, AtOnce)];

    /// <summary>Begins a batch. Its sums so far: of row mod 16, and then of each lane.</summary>
    public Span<double> Begin()
    {
        Array.Clear(_sums);
        return _sums;
    }

    /// <summary>Adds the losses of all lanes at consecutive rows.</summary>
    /// <param name="row">The first of them in the batch.</param>
    /// <param name="losses">Of each row and lane.</param>
    public void Add(int row, ReadOnlySpan<double> losses)
    {
        // Rows and their partials lie side by side until the partials begin again.
        while (losses.Length > 0)
        {
            var rows = Math.Min(losses.Length / lanes, Partials - (row % Partials));
            AddTo(_sums.AsSpan(row % Partials * lanes, rows * lanes), losses);
            losses = losses[(rows * lanes)..];
            row += rows;
        }
    }

    /// <summary>The sum of each lane. Once a batch, for it adds the partials up where they are; valid until the next.</summary>
    public ReadOnlySpan<double> Totals()
    {
        for (var width = Partials / 2; width > 0; width /= 2)
        {
            AddTo(_sums.AsSpan(0, width * lanes), _sums.AsSpan(width * lanes));
        }

        return _sums.AsSpan(0, lanes);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddTo(Span<double> sums, ReadOnlySpan<double> terms)
    {
        ref var sum = ref MemoryMarshal.GetReference(sums);
        ref readonly var term = ref MemoryMarshal.GetReference(terms[..sums.Length]);
        for (nuint index = 0; index < (nuint)sums.Length; index += (nuint)Vector512<double>.Count)
        {
            (Vector512.LoadUnsafe(in sum, index) + Vector512.LoadUnsafe(in term, index)).StoreUnsafe(ref sum, index);
        }
    }
}
