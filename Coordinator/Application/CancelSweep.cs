using CloudSweep.Core.Domain;
using CloudSweep.Core.Ports.Store;

namespace CloudSweep.Coordinator.Application;

/// <summary>Cancels a sweep now and finally.</summary>
internal sealed class CancelSweep(ISweepStore store, TimeProvider time)
{
    /// <exception cref="SweepNotFoundException">There is no such sweep.</exception>
    /// <exception cref="SweepFinishedException">It completed or failed before.</exception>
    public Task<SweepState> RunAsync(SweepId id, string reason, CancellationToken cancellationToken) =>
        store.WriteAsync(transaction => Cancel(transaction, id, reason), cancellationToken);

    private SweepState Cancel(IStoreTransaction transaction, SweepId id, string reason)
    {
        var sweep = transaction.FindSweep(id) ?? throw new SweepNotFoundException($"There is no sweep {id}.");
        if (sweep.State == SweepState.Cancelled)
        {
            return sweep.State;
        }

        return sweep.State.IsFinal()
            ? throw new SweepFinishedException($"Sweep {id} is {sweep.State} and can't be cancelled any more.")
            : SweepEnding.End(transaction, id, SweepState.Cancelled, TrialState.Cancelled, reason, time.GetUtcNow()).State;
    }
}
