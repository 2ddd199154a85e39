using CloudSweep.Worker.Data;
using CloudSweep.Worker.Execution.Coordination;

namespace CloudSweep.Worker.Execution;

/// <summary>How far an attempt is. Safe for several threads.</summary>
internal sealed class AttemptProgress
{
    private long _position;
    private long _laneRows;

    public DataCounters Data { get; } = new();

    /// <summary>Training rows that every open trial has read, over all epochs.</summary>
    public long Position => Interlocked.Read(ref _position);

    public AttemptTotals Totals => new(Data.TextRows, Data.BlockRows, Data.BytesRead, Interlocked.Read(ref _laneRows));

    public void Advance(long position, long laneRows)
    {
        Interlocked.Exchange(ref _position, position);
        Interlocked.Exchange(ref _laneRows, laneRows);
    }
}
