using CloudSweep.Coordinator.Application;
using CloudSweep.Coordinator.Configuration;
using CloudSweep.Coordinator.Diagnostics;
using CloudSweep.Core.Domain;
using CloudSweep.Core.Ports.Store;
using Microsoft.Extensions.Options;

namespace CloudSweep.Coordinator.Background;

/// <summary>
/// Ends attempts whose lease has expired. Waits one whole lease after its own start, after an outage of the store and after a jump of the clock,
/// because Workers could not renew, or their renewals look older than they are.
/// </summary>
internal sealed partial class LeaseReaper(
    ISweepStore store, AttemptEnding ending, SweepChanges changes, CoordinatorMeter meter, IOptions<LeaseOptions> options, TimeProvider time, ILogger<LeaseReaper> logger)
    : PeriodicDuty(time, logger)
{
    private const int MaxReapsPerRun = 100;

    private static readonly AttemptFailure Silence = new("The Worker was not heard from again.", IsPermanent: false);

    private bool _hasStarted;
    private DateTimeOffset? _quietUntil;
    private DateTimeOffset _lastRun;
    private long _lastTimestamp;

    protected override TimeSpan Interval => options.Value.ReapInterval;

    public override async Task RunOnceAsync(CancellationToken cancellationToken)
    {
        var now = Time.GetUtcNow();
        if (!_hasStarted && options.Value.RequeueOnStart)
        {
            // The end of the whole process is no failure of its jobs.
            await ReapAsync(_ => true, ending.GiveBack, cancellationToken);
        }

        _hasStarted = true;
        if (_quietUntil is null || HasClockJumped(now))
        {
            _quietUntil = now + options.Value.Duration;
        }

        (_lastRun, _lastTimestamp) = (now, Time.GetTimestamp());
        if (now < _quietUntil)
        {
            return;
        }

        try
        {
            await ReapAsync(job => job.LeaseExpiresAt < now, Fail, cancellationToken);
        }
        catch (StoreUnavailableException)
        {
            _quietUntil = null;
            throw;
        }
    }

    private bool HasClockJumped(DateTimeOffset now) =>
        ((now - _lastRun) - Time.GetElapsedTime(_lastTimestamp)).Duration() > options.Value.Duration / 2;

    private async Task ReapAsync(Func<JobRecord, bool> isDead, Action<IStoreTransaction, JobRecord, TimeSpan> end, CancellationToken cancellationToken)
    {
        var reaped = await store.WriteAsync(transaction => Reap(transaction, isDead, end), cancellationToken);
        foreach (var job in reaped)
        {
            LogReaped(job.Id, job.Worker);
        }

        if (reaped.Length > 0)
        {
            meter.Reaps.Add(reaped.Length);
            changes.Signal();
        }
    }

    private JobRecord[] Reap(IStoreTransaction transaction, Func<JobRecord, bool> isDead, Action<IStoreTransaction, JobRecord, TimeSpan> end)
    {
        var dead = transaction.ListLeasedJobs().Where(isDead).Take(MaxReapsPerRun).ToArray();
        for (var index = 0; index < dead.Length; index++)
        {
            // A job before may have ended the whole sweep.
            if (transaction.FindJob(dead[index].Id) is { State: JobState.Leased } job && !ending.CloseIfDone(transaction, job))
            {
                // Spread over a second or more, so that Workers that lost their jobs together do not come back together.
                end(transaction, job, index * TimeSpan.FromMilliseconds(20));
            }
        }

        return dead;
    }

    private void Fail(IStoreTransaction transaction, JobRecord job, TimeSpan delay) => ending.Fail(transaction, job, Silence, delay);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Took job {JobId} back: worker {Worker} was not heard from")]
    private partial void LogReaped(JobId jobId, string? worker);
}
