using CloudSweep.Coordinator.Background;

namespace CloudSweep.Coordinator.Security;

/// <summary>Looks for new certificates and tokens.</summary>
internal sealed class FileReload(IEnumerable<IReloaded> files, TimeProvider time, ILogger<FileReload> logger) : PeriodicDuty(time, logger)
{
    // What a revoked token may still be used for.
    protected override TimeSpan Interval => TimeSpan.FromSeconds(5);

    public override Task RunOnceAsync(CancellationToken cancellationToken)
    {
        foreach (var file in files)
        {
            file.Refresh();
        }

        return Task.CompletedTask;
    }
}
