using System.Numerics;
using System.Runtime.InteropServices;
using CloudSweep.Core.Domain;

namespace CloudSweep.Worker.Data.Profiling;

/// <summary>
/// Mean and squared differences of every column, row by row (Welford 1962). Vectors run over columns, and no product is fused
/// with a sum, so every machine gets the same bits.
/// </summary>
internal sealed class RunningStatistics
{
    private readonly double[] _mean;
    private readonly double[] _m2;
    private readonly double[] _min;
    private readonly double[] _max;
    private long _count;

    public RunningStatistics(int columns)
    {
        _mean = new double[columns];
        _m2 = new double[columns];
        _min = new double[columns];
        _max = new double[columns];
        Array.Fill(_min, double.PositiveInfinity);
        Array.Fill(_max, double.NegativeInfinity);
    }

    public void Add(ReadOnlySpan<double> row)
    {
        _count++;
        var count = new Vector<double>(_count);
        var values = MemoryMarshal.Cast<double, Vector<double>>(row);
        var mean = MemoryMarshal.Cast<double, Vector<double>>(_mean.AsSpan());
        var m2 = MemoryMarshal.Cast<double, Vector<double>>(_m2.AsSpan());
        var min = MemoryMarshal.Cast<double, Vector<double>>(_min.AsSpan());
        var max = MemoryMarshal.Cast<double, Vector<double>>(_max.AsSpan());
        for (var i = 0; i < values.Length; i++)
        {
            var delta = values[i] - mean[i];
            mean[i] += delta / count;
            m2[i] += delta * (values[i] - mean[i]);
            min[i] = Vector.Min(min[i], values[i]);
            max[i] = Vector.Max(max[i], values[i]);
        }

        for (var i = values.Length * Vector<double>.Count; i < row.Length; i++)
        {
            var delta = row[i] - _mean[i];
            _mean[i] += delta / _count;
            _m2[i] += delta * (row[i] - _mean[i]);
            _min[i] = Math.Min(_min[i], row[i]);
            _max[i] = Math.Max(_max[i], row[i]);
        }
    }

    /// <summary>Zero extremes are +0, so that the order of +0 and −0 can't show.</summary>
    public IReadOnlyList<ColumnStatistics> ToColumns() =>
        [.. Enumerable.Range(0, _mean.Length).Select(i => new ColumnStatistics(_count, _mean[i], _m2[i], _min[i] + 0.0, _max[i] + 0.0))];
}
