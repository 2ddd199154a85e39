using System.Text;
using CloudSweep.Worker.Data.Records;
using CloudSweep.Worker.Data.Text;
using Parquet;
using Parquet.Schema;

namespace CloudSweep.Worker.Data.Parquet;

/// <summary>A column of strings, which are read as the cells of a CSV are.</summary>
internal sealed class ParquetTexts(DataField field) : ParquetColumn(field)
{
    private string?[] _values = [];
    private byte[] _text = new byte[256];

    public override int ValueBytes => 64;

    public override async ValueTask ReadAsync(ParquetRowGroupReader group, int rows, CancellationToken cancellationToken)
    {
        _values = _values.Length < rows ? new string?[rows] : _values;
        await group.ReadAsync(Field, _values.AsMemory(0, rows)!, null, cancellationToken);
    }

    public override ReadOnlySpan<byte> Text(int row)
    {
        var value = _values[row] ?? "";
        if (_text.Length < Encoding.UTF8.GetMaxByteCount(value.Length))
        {
            _text = new byte[Encoding.UTF8.GetMaxByteCount(value.Length)];
        }

        return _text.AsSpan(0, Encoding.UTF8.GetBytes(value, _text));
    }

    public override CellNumber Number(int row, out double value) => TextNumber.Read(Text(row), out value);
}
