using CloudSweep.Core.Domain;
using CloudSweep.Core.Ports.Store;

namespace CloudSweep.Coordinator.Application;

/// <summary>Cancels a sweep now and finally.</summary>
internal sealed class CancelSweep(ISweepStore store, TimeProvider time, SweepChanges changes)
{
    /// <exception cref="SweepNotFoundException">There is no such sweep.</exception>
    /// <exception cref="SweepFinishedException">It completed or failed before.</exception>
    public async Task<SweepState> RunAsync(SweepId id, string reason, CancellationToken cancellationToken)
    {
        var state = await store.WriteAsync(transaction => Cancel(transaction, id, reason), cancellationToken);
        changes.Signal();
        return state;
    }

    private SweepState Cancel(IStoreTransaction transaction, SweepId id, string reason)
    {
        var sweep = SweepReader.Find(transaction, id);
        if (sweep.State == SweepState.Cancelled)
        {
            return sweep.State;
        }

        return sweep.State.IsFinal()
            ? throw new SweepFinishedException($"Sweep {id} is {sweep.State} and can't be cancelled any more.")
            : SweepEnding.End(transaction, id, SweepState.Cancelled, TrialState.Cancelled, reason, time.GetUtcNow()).State;
    }
}
