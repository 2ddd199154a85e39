using CloudSweep.Worker.Data.Records;
using Parquet;
using Parquet.Schema;

namespace CloudSweep.Worker.Data.Parquet;

/// <summary>One flat column, of which one row group is in memory.</summary>
internal abstract class ParquetColumn(DataField field)
{
    public DataField Field { get; } = field;

    /// <summary>Bytes that a value takes in memory, about.</summary>
    public abstract int ValueBytes { get; }

    /// <summary>The column of a field; null = its type is not supported.</summary>
    public static ParquetColumn? For(Field field) => field is not DataField { IsArray: false, MaxRepetitionLevel: 0, MaxDefinitionLevel: <= 1 } data ? null : data.ClrType switch
    {
        var type when type == typeof(bool) => new ParquetNumbers<bool>(data, value => value ? 1 : 0),
        var type when type == typeof(sbyte) => new ParquetNumbers<sbyte>(data, value => value),
        var type when type == typeof(byte) => new ParquetNumbers<byte>(data, value => value),
        var type when type == typeof(short) => new ParquetNumbers<short>(data, value => value),
        var type when type == typeof(ushort) => new ParquetNumbers<ushort>(data, value => value),
        var type when type == typeof(int) => new ParquetNumbers<int>(data, value => value),
        var type when type == typeof(uint) => new ParquetNumbers<uint>(data, value => value),
        var type when type == typeof(long) => new ParquetNumbers<long>(data, value => value),
        var type when type == typeof(ulong) => new ParquetNumbers<ulong>(data, value => value),
        var type when type == typeof(float) => new ParquetNumbers<float>(data, value => value),
        var type when type == typeof(double) => new ParquetNumbers<double>(data, value => value),
        var type when type == typeof(decimal) => new ParquetNumbers<decimal>(data, ExactDecimal.ToDouble),
        var type when type == typeof(string) || type == typeof(ReadOnlyMemory<char>) => new ParquetTexts(data),
        _ => null,
    };

    public abstract ValueTask ReadAsync(ParquetRowGroupReader group, int rows, CancellationToken cancellationToken);

    /// <summary>The value as UTF-8 text; empty = missing. Valid until the next call.</summary>
    public abstract ReadOnlySpan<byte> Text(int row);

    public abstract CellNumber Number(int row, out double value);

    /// <summary>The numbers of all rows in memory; NaN where there is none or it needs a closer look. Null where the column has texts.</summary>
    public virtual double[]? Numbers => null;
}
