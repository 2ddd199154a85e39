namespace CloudSweep.Worker.Data.Records;

/// <summary>From this place on the shard can't be cut into records.</summary>
internal sealed class RecordFormatException(RecordPlace place, string problem, Exception? inner = null) : Exception(problem, inner)
{
    public RecordPlace Place { get; } = place;
}
