using CloudSweep.Worker.Data;
using CloudSweep.Worker.Execution.Coordination;

namespace CloudSweep.Worker.Execution;

/// <summary>How far an attempt is. Safe for several threads.</summary>
internal sealed class AttemptProgress
{
    private long _step;
    private long _laneRows;

    public DataCounters Data { get; } = new();

    /// <summary>Optimizer steps that every open trial has completed.</summary>
    public long Step => Interlocked.Read(ref _step);

    public AttemptTotals Totals => new(Data.TextRows, Data.BlockRows, Data.BytesRead, Interlocked.Read(ref _laneRows));

    public void Advance(long step, long laneRows)
    {
        Interlocked.Exchange(ref _step, step);
        Interlocked.Exchange(ref _laneRows, laneRows);
    }
}
