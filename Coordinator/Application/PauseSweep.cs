using CloudSweep.Core.Domain;
using CloudSweep.Core.Ports.Store;

namespace CloudSweep.Coordinator.Application;

/// <summary>Has Workers save what they have of a sweep and give it back, until someone resumes it.</summary>
internal sealed class PauseSweep(ISweepStore store, SweepChanges changes)
{
    private const string UsualReason = "paused by a person";

    /// <summary>Pausing a paused sweep changes nothing: its first reason stays.</summary>
    /// <param name="reason">For people; empty when they gave none.</param>
    /// <exception cref="SweepNotFoundException">There is no such sweep.</exception>
    /// <exception cref="SweepFinishedException">It is final.</exception>
    public async Task<SweepState> RunAsync(SweepId id, string reason, CancellationToken cancellationToken)
    {
        var state = await store.WriteAsync(transaction => Pause(transaction, id, reason.Length == 0 ? UsualReason : reason), cancellationToken);
        changes.Signal();
        return state;
    }

    private static SweepState Pause(IStoreTransaction transaction, SweepId id, string reason)
    {
        if (SweepReader.Find(transaction, id) is { State: var state } && state.IsFinal())
        {
            throw new SweepFinishedException($"Sweep {id} is {state} and can't be paused any more.");
        }

        SweepPause.Begin(transaction, id, reason);
        return transaction.FindSweep(id)!.State;
    }
}
