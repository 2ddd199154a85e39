using CloudSweep.Coordinator.Application;
using CloudSweep.Coordinator.Configuration;
using CloudSweep.Coordinator.Diagnostics;
using CloudSweep.Core.Domain;
using CloudSweep.Core.Ports;
using CloudSweep.Core.Ports.Store;
using Microsoft.Extensions.Options;

namespace CloudSweep.Coordinator.Background;

/// <summary>
/// Notifies Workers of queued jobs: claims them in the store, publishes, and never holds a transaction over the network.
/// A crash in between notifies twice or late; both are allowed. Jobs that stay queued are notified again with backoff.
/// </summary>
internal sealed class JobDispatcher(
    ISweepStore store, IJobPublisher publisher, SweepChanges changes, CoordinatorMeter meter, IOptions<DispatchOptions> options, TimeProvider time, ILogger<JobDispatcher> logger)
    : PeriodicDuty(time, logger)
{
    // Thousands of reports and grants a second wake it; none of them needs a round of its own.
    private const int Enough = 20;

    protected override TimeSpan Interval => options.Value.Interval;

    protected override int MostRunsPerSecond => Enough;

    public override async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        var claimed = await store.WriteAsync(Claim, cancellationToken);
        if (claimed.Count > 0)
        {
            await publisher.PublishAsync([.. claimed.Select(job => new JobNotification(job))], cancellationToken);
            meter.Notifications.Add(claimed.Count);
        }
    }

    protected override Task EarlyWake => changes.Next;

    /// <summary>A window of jobs, round-robin over sweeps, whose time to be notified has come.</summary>
    private IReadOnlyList<JobId> Claim(IStoreTransaction transaction)
    {
        var now = Time.GetUtcNow();
        var due = transaction.ListOpenSweeps()
            .Where(sweep => sweep.IsExpanded && sweep.State.GrantsJobs())
            .SelectMany(sweep => transaction.ListQueuedJobs(sweep.Id, now, options.Value.Window).Where(job => IsDue(job, now)).Select((job, index) => (job, index)))
            .OrderBy(candidate => candidate.index)
            .Select(candidate => candidate.job)
            .Take(options.Value.Window)
            .ToArray();
        foreach (var job in due)
        {
            transaction.UpdateJob(job with { NotifiedAt = now, Notifications = job.Notifications + 1 });
        }

        return [.. due.Select(job => job.Id)];
    }

    private bool IsDue(JobRecord job, DateTimeOffset now)
    {
        var backoff = options.Value.RepeatAfter * Math.Pow(2, Math.Clamp(job.Notifications - 1, 0, 6));
        return job.NotifiedAt is not { } notified || notified + backoff <= now;
    }
}
