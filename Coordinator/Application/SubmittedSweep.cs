using CloudSweep.Core.Domain;

namespace CloudSweep.Coordinator.Application;

/// <summary>What a submission led to.</summary>
/// <param name="Id">The sweep.</param>
/// <param name="Existed">It was there before.</param>
/// <param name="DataChange">How its data differs from that of an earlier sweep of the same file; null when there is none.</param>
/// <param name="Cancelled">Sweeps that it took the place of, oldest first.</param>
internal sealed record SubmittedSweep(SweepId Id, bool Existed, DataChange? DataChange, IReadOnlyList<SweepId> Cancelled)
{
    public static SubmittedSweep Earlier(SweepId id) => new(id, Existed: true, null, []);
}
