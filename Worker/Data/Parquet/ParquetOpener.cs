using System.Buffers.Binary;
using CloudSweep.Core.Domain;
using CloudSweep.Worker.Data.Records;
using CloudSweep.Worker.Data.Streams;
using Parquet;
using Parquet.Schema;

namespace CloudSweep.Worker.Data.Parquet;

/// <summary>Opens a Parquet shard: its footer, its columns, and which of them are used.</summary>
internal sealed class ParquetOpener(ISchemaResolver resolver, DataMistakes mistakes)
{
    private const int TailBytes = 8;

    private static readonly ParquetOptions Options = new() { UseBigDecimal = false };

    /// <exception cref="RecordFormatException">It is no Parquet file.</exception>
    /// <exception cref="DataErrorException">Its columns break rules; all are listed.</exception>
    public async Task<IRecordReader> OpenAsync(SectionStream stream, CancellationToken cancellationToken)
    {
        await CheckEndsAsync(stream, cancellationToken);
        var (file, fields) = await ParquetErrors.TellAsync(async () =>
        {
            var reader = await ParquetReader.CreateAsync(stream, Options, leaveStreamOpen: true, cancellationToken);
            return (reader, reader.Schema.Fields);
        });
        string[] names = [.. fields.Select(field => field.Name)];
        var schema = resolver.Resolve(names, RecordPlace.WholeShard, mistakes);
        mistakes.ThrowIfAny();
        var columns = new ParquetColumn?[fields.Count];
        foreach (var position in schema!.FeatureColumns.Append(schema.LabelColumn).Where(column => column >= 0).Order())
        {
            columns[position] = ParquetColumn.For(fields[position]);
            if (columns[position] is null)
            {
                mistakes.Add(RecordPlace.WholeShard, names[position], $"it is {KindOf(fields[position])}; only flat columns of numbers, booleans and strings can be read, so convert it{(position == schema.LabelColumn ? "" : " or exclude it")}");
            }
        }

        mistakes.ThrowIfAny();
        return new ParquetRecords(file, stream, names, columns);
    }

    private static string KindOf(Field field) => field switch
    {
        ListField or DataField { IsArray: true } => "a list",
        StructField => "a struct",
        MapField => "a map",
        DataField data when data.ClrType == typeof(byte[]) || data.ClrType == typeof(ReadOnlyMemory<byte>) => "binary",
        DataField data when data.ClrType == typeof(DateTime) || data.ClrType == typeof(DateOnly) || data.ClrType == typeof(TimeOnly) || data.ClrType == typeof(TimeSpan) => "a date or time",
        _ => "of another type",
    };

    /// <summary>Looks before the library does, which would take room for a footer of any size.</summary>
    private static async Task CheckEndsAsync(SectionStream stream, CancellationToken cancellationToken)
    {
        if (stream.Length == 0)
        {
            throw new RecordFormatException(RecordPlace.WholeShard, "the file is empty; every shard needs at least one row, so remove it or leave it out of the pattern");
        }

        var head = await ReadAsync(stream, 0, cancellationToken);
        var tail = await ReadAsync(stream, stream.Length - TailBytes, cancellationToken);
        if (tail.AsSpan(4).SequenceEqual("PARE"u8))
        {
            throw new RecordFormatException(RecordPlace.WholeShard, "the Parquet file is encrypted; write it without encryption");
        }

        if (!head.AsSpan(0, 4).SequenceEqual("PAR1"u8))
        {
            throw new RecordFormatException(RecordPlace.WholeShard, "this is no Parquet file; correct its name or set data.format (Parquet is never compressed as a whole)");
        }

        var footer = BinaryPrimitives.ReadInt32LittleEndian(tail);
        if (!tail.AsSpan(4).SequenceEqual("PAR1"u8) || footer <= 0 || footer > stream.Length - TailBytes - 4)
        {
            throw new RecordFormatException(RecordPlace.WholeShard, "the Parquet file has no footer where it must end with one, so it is cut off or corrupt; write it again");
        }

        if (footer > ParquetLimits.MaxFooterBytes)
        {
            throw new RecordFormatException(RecordPlace.WholeShard, $"the Parquet footer is larger than {ParquetLimits.MaxFooterBytes >> 20} MiB; write the file with fewer row groups or columns");
        }

        stream.Position = 0;
    }

    private static async Task<byte[]> ReadAsync(SectionStream stream, long position, CancellationToken cancellationToken)
    {
        var bytes = new byte[TailBytes];
        stream.Position = Math.Max(0, position);
        await stream.ReadAtLeastAsync(bytes, TailBytes, throwOnEndOfStream: false, cancellationToken);
        return bytes;
    }
}
