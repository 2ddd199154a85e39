using CloudSweep.Core.Domain;
using CloudSweep.Core.Ports.Store;

namespace CloudSweep.Coordinator.Application;

/// <summary>Lets a paused sweep go on where it stands.</summary>
internal sealed class ResumeSweep(ISweepStore store, SweepStages stages, SweepChanges changes)
{
    /// <exception cref="SweepNotFoundException">There is no such sweep.</exception>
    /// <exception cref="SweepFinishedException">It is final.</exception>
    public async Task<SweepState> RunAsync(SweepId id, CancellationToken cancellationToken)
    {
        var state = await store.WriteAsync(transaction => Resume(transaction, id), cancellationToken);
        changes.Signal();
        return state;
    }

    private SweepState Resume(IStoreTransaction transaction, SweepId id)
    {
        var sweep = SweepReader.Find(transaction, id);
        if (sweep.State.IsFinal())
        {
            throw new SweepFinishedException($"Sweep {id} is {sweep.State} and can't go on any more.");
        }

        if (sweep.State == SweepState.Paused)
        {
            // Its last job may have closed meanwhile; then the next stage was left for now.
            stages.Advance(transaction, SweepPause.End(transaction, sweep));
        }

        return transaction.FindSweep(id)!.State;
    }
}
