using System.Globalization;
using System.Text.Unicode;
using CloudSweep.Worker.Data.Records;
using Parquet;
using Parquet.Schema;

namespace CloudSweep.Worker.Data.Parquet;

/// <summary>A column of numbers or booleans.</summary>
internal sealed class ParquetNumbers<T>(DataField field, Func<T, double> toDouble) : ParquetColumn(field)
    where T : struct
{
    private readonly byte[] _text = new byte[64];
    private T[] _values = [];
    private T?[] _nullable = [];
    private double[] _numbers = [];

    public override int ValueBytes => 24;

    public override double[]? Numbers => _numbers;

    public override async ValueTask ReadAsync(ParquetRowGroupReader group, int rows, CancellationToken cancellationToken)
    {
        if (Field.IsNullable)
        {
            _nullable = _nullable.Length < rows ? new T?[rows] : _nullable;
            await group.ReadAsync(Field, _nullable.AsMemory(0, rows), null, cancellationToken);
        }
        else
        {
            _values = _values.Length < rows ? new T[rows] : _values;
            await group.ReadAsync(Field, _values.AsMemory(0, rows), null, cancellationToken);
        }

        Convert(rows);
    }

    private void Convert(int rows)
    {
        if (!Field.IsNullable && _values is double[] doubles)
        {
            _numbers = doubles;
            return;
        }

        _numbers = _numbers.Length < rows ? new double[rows] : _numbers;
        for (var row = 0; row < rows; row++)
        {
            _numbers[row] = Find(row) is { } value ? toDouble(value) : double.NaN;
        }
    }

    public override ReadOnlySpan<byte> Text(int row) =>
        Find(row) is { } value && Utf8.TryWrite(_text, CultureInfo.InvariantCulture, $"{value}", out var length) ? _text.AsSpan(0, length) : [];

    public override CellNumber Number(int row, out double value)
    {
        if (Find(row) is { } found)
        {
            value = toDouble(found);
            return CellNumber.Number;
        }

        value = double.NaN;
        return CellNumber.Missing;
    }

    private T? Find(int row) => Field.IsNullable ? _nullable[row] : _values[row];
}
