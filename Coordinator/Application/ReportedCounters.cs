using CloudSweep.Core.Ports.Store;

namespace CloudSweep.Coordinator.Application;

/// <summary>Totals of one attempt.</summary>
internal sealed record ReportedCounters(long TextRows, long BlockRows, long BytesRead, long LaneRows)
{
    /// <summary>Raises the stored totals; calls may arrive out of order, totals never go down.</summary>
    public void Store(IStoreTransaction transaction, LeaseClaim claim)
    {
        if (transaction.FindAttempt(claim.Job, claim.FencingToken) is { } attempt)
        {
            transaction.PutAttempt(attempt with
            {
                TextRows = Math.Max(attempt.TextRows, TextRows),
                BlockRows = Math.Max(attempt.BlockRows, BlockRows),
                BytesRead = Math.Max(attempt.BytesRead, BytesRead),
                LaneRows = Math.Max(attempt.LaneRows, LaneRows),
            });
        }
    }
}
