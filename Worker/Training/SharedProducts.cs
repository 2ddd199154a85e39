using CloudSweep.Worker.Training.Kernels;

namespace CloudSweep.Worker.Training;

/// <summary>
/// The products of one training thread. The large ones are cut along the rows of the result, which no sum goes over, while other threads of its crew have no lane
/// left to train.
/// </summary>
internal sealed unsafe class SharedProducts : ISharedWork
{
    // A smaller product is done before another thread has woken up.
    private const double FewestFlops = 5e6;

    // Whole tiles of rows.
    private const int RowsOfTile = 12;

    private Kind _kind;
    private KernelSet? _kernels;
    private (int M, int N, int K) _size;
    private float* _left;
    private float* _right;
    private float* _result;
    private int _leftLength;
    private int _rightLength;
    private int _rowStride;
    private int _columnStride;
    private int _rightStride;
    private bool _accumulate;
    private float _move;
    private float _weightDecay;

    private enum Kind
    {
        Matrices,
        ByTransposed,
        AndStep,
    }

    /// <summary>Who helps; null where a thread works by itself.</summary>
    public LaneCrew? Crew { get; set; }

    /// <summary>Whether a lane has products that are worth sharing.</summary>
    public static bool CanShare(Lane lane) =>
        lane.Layout.Layers.Any(layer => IsLarge(((int)Math.Min(lane.Shape.BatchSize, Scratch.ChunkRows), layer.PaddedOutputs, layer.Inputs)));

    /// <inheritdoc cref="KernelSet.MultiplyMatrices(ValueTuple{int, int, int}, ReadOnlySpan{float}, int, int, ReadOnlySpan{float}, Span{float}, bool)"/>
    public void MultiplyMatrices(
        KernelSet kernels, (int M, int N, int K) size, ReadOnlySpan<float> a, int aRowStride, int aColumnStride, ReadOnlySpan<float> b, Span<float> c, bool accumulate)
    {
        if (!IsShared(size))
        {
            kernels.MultiplyMatrices(size, a, aRowStride, aColumnStride, b, c, accumulate);
            return;
        }

        (_kind, _accumulate) = (Kind.Matrices, accumulate);
        Share(kernels, size, a, aRowStride, aColumnStride, b, size.N, c);
    }

    /// <inheritdoc cref="KernelSet.MultiplyByTransposed"/>
    public void MultiplyByTransposed(
        KernelSet kernels, (int M, int N, int K) size, ReadOnlySpan<float> a, int aStride, ReadOnlySpan<float> b, int bStride, Span<float> c)
    {
        if (!IsShared(size))
        {
            kernels.MultiplyByTransposed(size, a, aStride, b, bStride, c);
            return;
        }

        _kind = Kind.ByTransposed;
        Share(kernels, size, a, aStride, 1, b, bStride, c);
    }

    /// <inheritdoc cref="KernelSet.MultiplyAndStep(ValueTuple{int, int, int}, ReadOnlySpan{float}, int, int, ReadOnlySpan{float}, Span{float}, float, float)"/>
    public void MultiplyAndStep(
        KernelSet kernels, (int M, int N, int K) size, ReadOnlySpan<float> a, int aRowStride, int aColumnStride, ReadOnlySpan<float> b, Span<float> weights, float move, float weightDecay)
    {
        if (!IsShared(size))
        {
            kernels.MultiplyAndStep(size, a, aRowStride, aColumnStride, b, weights, move, weightDecay);
            return;
        }

        (_kind, _move, _weightDecay) = (Kind.AndStep, move, weightDecay);
        Share(kernels, size, a, aRowStride, aColumnStride, b, size.N, weights);
    }

    public void RunPart(int part, int parts)
    {
        var (first, rows) = RowsOf(part, parts);
        if (rows == 0)
        {
            return;
        }

        var size = _size with { M = rows };
        var left = new ReadOnlySpan<float>(_left + ((long)first * _rowStride), _leftLength - (first * _rowStride));
        var right = new ReadOnlySpan<float>(_right, _rightLength);
        var result = new Span<float>(_result + ((long)first * size.N), rows * size.N);
        switch (_kind)
        {
            case Kind.Matrices:
                _kernels!.MultiplyMatrices(size, left, _rowStride, _columnStride, right, result, _accumulate);
                break;
            case Kind.ByTransposed:
                _kernels!.MultiplyByTransposed(size, left, _rowStride, right, _rightStride, result);
                break;
            default:
                _kernels!.MultiplyAndStep(size, left, _rowStride, _columnStride, right, result, _move, _weightDecay);
                break;
        }
    }

    private bool IsShared((int M, int N, int K) size) => Crew is { HasIdle: true } && IsLarge(size);

    private static bool IsLarge((int M, int N, int K) size) => 2.0 * size.M * size.N * size.K >= FewestFlops;

    private (int First, int Rows) RowsOf(int part, int parts)
    {
        var tiles = (_size.M + RowsOfTile - 1) / RowsOfTile;
        var (first, end) = (tiles * part / parts * RowsOfTile, Math.Min(tiles * (part + 1) / parts * RowsOfTile, _size.M));
        return (first, end - first);
    }

    // The arrays stay where they are until all parts are done.
    private void Share(
        KernelSet kernels, (int M, int N, int K) size, ReadOnlySpan<float> a, int aRowStride, int aColumnStride, ReadOnlySpan<float> b, int bStride, Span<float> c)
    {
        fixed (float* left = a, right = b, result = c)
        {
            (_kernels, _size, _leftLength, _rightLength) = (kernels, size, a.Length, b.Length);
            _left = left;
            _right = right;
            _result = result;
            (_rowStride, _columnStride, _rightStride) = (aRowStride, aColumnStride, bStride);
            Crew!.Share(this);
        }
    }
}
