using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using CloudSweep.Core.Domain;

namespace CloudSweep.Worker.Data.Profiling;

/// <summary>
/// Mean and squared differences of every column over the rows with a value, row by row (Welford 1962). Vectors run over columns, and no product is fused
/// with a sum, so every machine gets the same bits.
/// </summary>
internal sealed class RunningStatistics
{
    private readonly double[] _count;
    private readonly double[] _mean;
    private readonly double[] _m2;
    private readonly double[] _min;
    private readonly double[] _max;

    public RunningStatistics(int columns)
    {
        _count = new double[columns];
        _mean = new double[columns];
        _m2 = new double[columns];
        _min = new double[columns];
        _max = new double[columns];
        Array.Fill(_min, double.PositiveInfinity);
        Array.Fill(_max, double.NegativeInfinity);
    }

    /// <param name="row">NaN = the column has no value in this row.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Add(ReadOnlySpan<double> row)
    {
        var values = MemoryMarshal.Cast<double, Vector<double>>(row);
        var counts = MemoryMarshal.Cast<double, Vector<double>>(_count.AsSpan());
        var means = MemoryMarshal.Cast<double, Vector<double>>(_mean.AsSpan());
        var m2 = MemoryMarshal.Cast<double, Vector<double>>(_m2.AsSpan());
        var min = MemoryMarshal.Cast<double, Vector<double>>(_min.AsSpan());
        var max = MemoryMarshal.Cast<double, Vector<double>>(_max.AsSpan());
        for (var i = 0; i < values.Length; i++)
        {
            var isValue = Vector.Equals(values[i], values[i]);
            var count = counts[i] + Vector<double>.One;
            var delta = values[i] - means[i];
            var mean = means[i] + (delta / count);
            counts[i] = Vector.ConditionalSelect(isValue, count, counts[i]);
            m2[i] = Vector.ConditionalSelect(isValue, m2[i] + (delta * (values[i] - mean)), m2[i]);
            means[i] = Vector.ConditionalSelect(isValue, mean, means[i]);
            min[i] = Vector.ConditionalSelect(isValue, Vector.Min(min[i], values[i]), min[i]);
            max[i] = Vector.ConditionalSelect(isValue, Vector.Max(max[i], values[i]), max[i]);
        }

        for (var i = values.Length * Vector<double>.Count; i < row.Length; i++)
        {
            if (!double.IsNaN(row[i]))
            {
                var delta = row[i] - _mean[i];
                _mean[i] += delta / ++_count[i];
                _m2[i] += delta * (row[i] - _mean[i]);
                _min[i] = Math.Min(_min[i], row[i]);
                _max[i] = Math.Max(_max[i], row[i]);
            }
        }
    }

    /// <summary>Zero extremes are +0, so that the order of +0 and −0 can't show.</summary>
    public ColumnStatistics Of(int column) => new((long)_count[column], _mean[column], _m2[column], _min[column] + 0.0, _max[column] + 0.0);
}
