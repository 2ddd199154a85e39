using CloudSweep.Coordinator.Application;
using CloudSweep.Core.Ports.Store;

namespace CloudSweep.Coordinator.Background;

/// <summary>Finishes what a Coordinator that died left half done: expansions, and stages that nobody took.</summary>
internal sealed class Reconciler(
    ISweepStore store, SweepExpansion expansion, SweepStages stages, SweepChanges changes, TimeProvider time, ILogger<Reconciler> logger)
    : PeriodicDuty(time, logger)
{
    protected override TimeSpan Interval => TimeSpan.FromSeconds(30);

    public override async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        var hasChanged = false;
        foreach (var sweep in await store.ReadAsync(view => view.ListOpenSweeps(), cancellationToken))
        {
            if (!sweep.IsExpanded)
            {
                await expansion.CompleteAsync(sweep.Id, cancellationToken);
                hasChanged = true;
            }
            else if (sweep.OpenJobs == 0)
            {
                hasChanged |= await store.WriteAsync(transaction => stages.Advance(transaction, transaction.FindSweep(sweep.Id)!), cancellationToken);
            }
        }

        if (hasChanged)
        {
            changes.Signal();
        }
    }
}
