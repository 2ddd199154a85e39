using System.Globalization;

namespace CloudSweep.Worker.Data.Records;

/// <summary>Where a record is, as a person looks for it.</summary>
/// <param name="Unit">What is counted.</param>
/// <param name="Number">From 1; 0 = the whole shard.</param>
internal readonly record struct RecordPlace(RecordUnit Unit, long Number)
{
    public static RecordPlace WholeShard => default;

    public static RecordPlace Line(long number) => new(RecordUnit.Line, number);

    public static RecordPlace Row(long number) => new(RecordUnit.Row, number);

    /// <summary>For example "line 3"; empty for the whole shard.</summary>
    public override string ToString() =>
        Number == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{(Unit == RecordUnit.Line ? "line" : "row")} {Number}");
}
