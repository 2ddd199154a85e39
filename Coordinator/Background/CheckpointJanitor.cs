using CloudSweep.Core.Checkpoints;
using CloudSweep.Core.Domain;
using CloudSweep.Core.Ports.Store;

namespace CloudSweep.Coordinator.Background;

/// <summary>
/// Deletes checkpoints that nobody will resume from and models that nobody will ask for: those that were replaced or given up (first the object,
/// then its row), and those that were stored under a lease of the past and never registered.
/// </summary>
internal sealed partial class CheckpointJanitor(ISweepStore store, CheckpointStore checkpoints, TimeProvider time, ILogger<CheckpointJanitor> logger)
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

        var names = await checkpoints.ListAsync(cancellationToken);
        foreach (var orphan in await store.ReadAsync(view => names.Where(name => IsOrphan(view, name)).Take(MaxPerRun).ToArray(), cancellationToken))
        {
            await checkpoints.DeleteAsync(orphan, cancellationToken);
        }
    }

    /// <summary>Runs once more: a host that is up for seconds would leave its losers' models behind.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await RunOnceAsync(cancellationToken);
        }
#pragma warning disable CA1031 // What is left is deleted by the next run; stopping must not fail for it.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            LogLeftBehind(exception);
        }
    }

    private static bool IsOrphan(IStoreView view, string name) =>
        CheckpointName.TryParse(name, out var job, out var token)
        && view.FindJob(job) is { } record
        && (record.State == JobState.Finished || record.FencingToken > token)
        && !view.ListCheckpoints(job).Any(checkpoint => checkpoint.Name == name);

    [LoggerMessage(Level = LogLevel.Information, Message = "Stopped without deleting all that is obsolete; the next run does")]
    private partial void LogLeftBehind(Exception exception);
}
