using CloudSweep.Worker.Data.Records;
using Parquet;

namespace CloudSweep.Worker.Data.Parquet;

/// <summary>What a row group may take, so that memory is bounded by this page and not by the file.</summary>
internal static class ParquetLimits
{
    public const int MaxFooterBytes = 64 << 20;

    private const long MaxGroupBytes = 1L << 30;
    private const long MaxChunkBytes = 512L << 20;

    /// <exception cref="RecordFormatException">The group is too large.</exception>
    /// <exception cref="InvalidDataException">The footer contradicts itself.</exception>
    public static void Check(ParquetRowGroupReader group, IReadOnlyList<ParquetColumn> columns)
    {
        if (group.RowCount < 0)
        {
            throw new InvalidDataException("A row group has a negative number of rows.");
        }

        var bytes = (decimal)group.RowCount * columns.Sum(column => column.ValueBytes);
        if (bytes > MaxGroupBytes)
        {
            throw TooLarge($"a row group of {group.RowCount} rows takes about {Math.Ceiling(bytes / (1 << 20))} MiB in memory, over the {MaxGroupBytes >> 20} MiB that it may");
        }
    }

    /// <summary>Where a column's pages are.</summary>
    /// <exception cref="RecordFormatException">They are too large.</exception>
    /// <exception cref="InvalidDataException">The footer contradicts itself.</exception>
    public static (long Start, int Length) ChunkOf(ParquetRowGroupReader group, ParquetColumn column)
    {
        var chunk = group.GetMetadata(column.Field)?.MetaData ?? throw new InvalidDataException("A column has no pages.");
        if (chunk.NumValues != group.RowCount || chunk.TotalCompressedSize < 0)
        {
            throw new InvalidDataException("A column has another number of values than its row group has rows.");
        }

        if (Math.Max(chunk.TotalCompressedSize, chunk.TotalUncompressedSize) > MaxChunkBytes)
        {
            throw TooLarge($"the column '{column.Field.Name}' takes over {MaxChunkBytes >> 20} MiB in one row group");
        }

        return (Math.Min(chunk.DictionaryPageOffset is > 0 and var dictionary ? dictionary : chunk.DataPageOffset, chunk.DataPageOffset), (int)chunk.TotalCompressedSize);
    }

    private static RecordFormatException TooLarge(string what) =>
        new(RecordPlace.WholeShard, $"{what}; write the file with smaller row groups, such as of 100000 rows, or exclude columns");
}
