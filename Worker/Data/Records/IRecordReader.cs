namespace CloudSweep.Worker.Data.Records;

/// <summary>Reads a shard record by record, whatever its format. A record is valid until the next read.</summary>
internal interface IRecordReader : IDisposable
{
    /// <summary>Names of all columns in file order, unique or not; empty until they are known, which is at the first record that is not blank.</summary>
    IReadOnlyList<string> Columns { get; }

    /// <summary>Rows of the whole shard, where the format tells before they are read.</summary>
    long? RowCount => null;

    /// <summary>Whether a feature beyond <see cref="Columns"/> is 0 in every row.</summary>
    bool IsSparse => false;

    /// <summary>What the record is.</summary>
    RecordKind Kind { get; }

    /// <summary>Where the record is.</summary>
    RecordPlace Place { get; }

    /// <summary>Cells of the record; differs from the number of <see cref="Columns"/> in a ragged row.</summary>
    int CellCount { get; }

    /// <summary>What makes the row unusable as a whole; null = nothing.</summary>
    string? Problem => null;

    /// <summary>Buffers more of the shard; false = it has ended, and was to its end the version that was asked for.</summary>
    /// <exception cref="RecordFormatException">The stored bytes are corrupt or cut off.</exception>
    /// <exception cref="CloudSweep.Core.Domain.DataChangedException">The shard is another version.</exception>
    ValueTask<bool> FillAsync(CancellationToken cancellationToken);

    /// <summary>Reads the next record of what is buffered; false = <see cref="FillAsync"/> first.</summary>
    /// <exception cref="RecordFormatException">What follows is no record of the format.</exception>
    bool TryRead();

    /// <summary>The cell as UTF-8 text, for labels, categories and messages; empty = missing.</summary>
    ReadOnlySpan<byte> Text(int cell);

    /// <summary>The cell as a number. A typed format gives its number without a detour over text.</summary>
    CellNumber Number(int cell, out double value);

    /// <summary>Reads many cells at once, each as <see cref="Number"/> does, up to the first that is no finite number or needs a closer look.</summary>
    /// <param name="cells">Indices of the cells.</param>
    /// <param name="values">Receives their numbers; as many as there are cells.</param>
    /// <returns>How many were read.</returns>
    int ReadNumbers(ReadOnlySpan<int> cells, Span<double> values) => 0;
}
