using System.Runtime.CompilerServices;

namespace CloudSweep.Worker.Data.Parquet;

/// <summary>
/// Rows out of columns of numbers, <see cref="Rows"/> at a time: taken one by one, each row would touch as many places in memory as it has columns.
/// </summary>
internal sealed class NumberRows
{
    public const int Rows = 64;

    // Eight numbers are one line of the processor's cache.
    private const int Group = 8;

    private double[][] _columns = [];
    private double[] _values = [];
    private int _rowCount;
    private int _first;

    /// <param name="columns">The numbers of each column, <paramref name="rows"/> or more.</param>
    /// <param name="rows">How many there are.</param>
    public void Begin(double[][] columns, int rows)
    {
        _columns = columns;
        _values = _values.Length < columns.Length * Rows ? new double[columns.Length * Rows] : _values;
        _rowCount = rows;
        _first = -Rows;
    }

    /// <summary>A row's numbers, valid until the next call.</summary>
    /// <param name="row">0 to one less than there are.</param>
    public ReadOnlySpan<double> Row(int row)
    {
        if ((uint)(row - _first) >= Rows)
        {
            Load(row);
        }

        return _values.AsSpan((row - _first) * _columns.Length, _columns.Length);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Load(int first)
    {
        _first = first;
        var count = Math.Min(Rows, _rowCount - first);
        var width = _columns.Length;
        var column = 0;
        for (; column <= width - Group; column += Group)
        {
            var column0 = _columns[column].AsSpan(first, count);
            var column1 = _columns[column + 1].AsSpan(first, count);
            var column2 = _columns[column + 2].AsSpan(first, count);
            var column3 = _columns[column + 3].AsSpan(first, count);
            var column4 = _columns[column + 4].AsSpan(first, count);
            var column5 = _columns[column + 5].AsSpan(first, count);
            var column6 = _columns[column + 6].AsSpan(first, count);
            var column7 = _columns[column + 7].AsSpan(first, count);
            for (var row = 0; row < column0.Length; row++)
            {
                var target = _values.AsSpan((row * width) + column, Group);
                target[7] = column7[row];
                target[6] = column6[row];
                target[5] = column5[row];
                target[4] = column4[row];
                target[3] = column3[row];
                target[2] = column2[row];
                target[1] = column1[row];
                target[0] = column0[row];
            }
        }

        for (; column < width; column++)
        {
            var source = _columns[column].AsSpan(first, count);
            for (var row = 0; row < source.Length; row++)
            {
                _values[(row * width) + column] = source[row];
            }
        }
    }
}
