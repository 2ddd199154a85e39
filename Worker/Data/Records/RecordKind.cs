namespace CloudSweep.Worker.Data.Records;

internal enum RecordKind
{
    /// <summary>A row of data.</summary>
    Row,

    /// <summary>An empty line.</summary>
    Blank,

    /// <summary>The names of the columns, as text.</summary>
    Header,
}
