using CloudSweep.Core.Ports;
using CloudSweep.Core.Ports.Store;

namespace CloudSweep.Coordinator.Background;

/// <summary>Deletes checkpoints that were replaced or whose job is finished: first the object, then its row.</summary>
internal sealed class CheckpointJanitor(ISweepStore store, ICheckpointStore checkpoints, TimeProvider time, ILogger<CheckpointJanitor> logger)
    : PeriodicDuty(time, logger)
{
    private const int MaxPerRun = 100;

    protected override TimeSpan Interval => TimeSpan.FromSeconds(30);

    public override async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        foreach (var checkpoint in await store.ReadAsync(view => view.ListObsoleteCheckpoints(MaxPerRun), cancellationToken))
        {
            await checkpoints.DeleteAsync(checkpoint.Name, cancellationToken);
            await store.WriteAsync(
                transaction =>
                {
                    transaction.DeleteCheckpoint(checkpoint.Name);
                    return true;
                },
                cancellationToken);
        }
    }
}
