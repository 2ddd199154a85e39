namespace CloudSweep.Worker.Data.Records;

/// <summary>What a place counts.</summary>
internal enum RecordUnit
{
    /// <summary>Physical lines of text.</summary>
    Line,

    /// <summary>Rows of a format that has no lines.</summary>
    Row,
}
