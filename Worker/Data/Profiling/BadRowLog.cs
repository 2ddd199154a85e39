using CloudSweep.Core.Domain;
using CloudSweep.Worker.Data.Records;

namespace CloudSweep.Worker.Data.Profiling;

/// <summary>Counts the rows of a shard that are left out and keeps the first of them.</summary>
internal sealed class BadRowLog(string shardKey)
{
    private readonly List<BadRow> _first = [];
    private long _count;

    public BadRows Rows => new(_count, _first);

    public void Add(RecordPlace place, string? column, string rule)
    {
        _count++;
        if (_first.Count < BadRows.MaxOfShard)
        {
            _first.Add(new BadRow(shardKey, place.Unit == RecordUnit.Line ? "line" : "row", place.Number, column, rule));
        }
    }
}
