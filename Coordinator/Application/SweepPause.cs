using CloudSweep.Core.Domain;
using CloudSweep.Core.Ports.Store;

namespace CloudSweep.Coordinator.Application;

/// <summary>Holds a sweep until someone resumes it: nothing is granted, and Workers are told to save and give back what they have.</summary>
internal static class SweepPause
{
    public static void Begin(IStoreTransaction transaction, SweepId id, string reason)
    {
        // A second shard that changed tells nothing new: the first one already waits to be put back.
        if (transaction.FindSweep(id) is { State: SweepState.Preparing or SweepState.Running } sweep)
        {
            transaction.UpdateSweep(sweep.To(SweepState.Paused) with { Reason = reason });
        }
    }

    /// <summary>Back to the stage that it was paused in.</summary>
    public static SweepRecord End(IStoreTransaction transaction, SweepRecord sweep) =>
        transaction.UpdateSweep(sweep.To(sweep.ProfileJson is null ? SweepState.Preparing : SweepState.Running) with { Reason = "" });
}
