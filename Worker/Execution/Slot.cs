using CloudSweep.Core.Domain;
using CloudSweep.Core.Ports;
using CloudSweep.Worker.Execution.Coordination;
using Microsoft.Extensions.Logging;

namespace CloudSweep.Worker.Execution;

/// <summary>Runs one job after another. A notification only wakes it: after a quiet time it asks anyway.</summary>
/// <param name="drain">When the Worker stops.</param>
/// <param name="quietTime">Most time without a notification before it asks.</param>
internal sealed partial class Slot(
    IJobSubscriber subscriber, CoordinatorClient coordinator, AttemptRunner attempts, DrainWindow drain, TimeSpan quietTime, TimeProvider timeProvider, ILogger logger)
{
    private static readonly TimeSpan ShortestPatience = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan PauseAfterTrouble = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan PauseAfterRefusal = TimeSpan.FromSeconds(10);

    private AcquireRequest? _unanswered;
    private int _failuresInARow;

    /// <summary>Waits for a notification, asks for a job and runs jobs as long as there are any. Returns how long to wait for a notification next.</summary>
    public async Task<TimeSpan> RunOnceAsync(TimeSpan patience)
    {
        var delivery = await PullAsync(patience);
        AcquireResult? result;
        try
        {
            result = await AcquireAsync(delivery?.Notification.Job.ToString() ?? "");
        }
        catch (Exception exception) when (exception is CoordinatorUnavailableException or CoordinatorErrorException)
        {
            // The delivery stays unsettled and comes again, here or at a Worker that reaches the Coordinator.
            LogNoAnswer(exception);
            await Task.Delay(PauseAfterTrouble, timeProvider, drain.Stopping);
            return ShortestPatience;
        }
        catch (CoordinatorRefusedException)
        {
            // Told by RefusalLog. The token may be replaced any moment, but nothing is gained by asking often.
            await Task.Delay(PauseAfterRefusal, timeProvider, drain.Stopping);
            return ShortestPatience;
        }

        if (delivery is not null)
        {
            await AcknowledgeAsync(delivery);
        }

        while (true)
        {
            switch (result)
            {
                case AcquireResult.Granted(var grant):
                    result = await RunAsync(grant);
                    break;
                case AcquireResult.Unreadable(var lease, var reason):
                    LogUnreadable(reason, lease.Job);
                    result = await FailAsync(lease, default, Failures.Of(reason));
                    break;
                case AcquireResult.NothingForYou(var retryAfter):
                    return Bounded(retryAfter);
                default:
                    // The last call brought no answer to "what next"; asking is free.
                    return TimeSpan.Zero;
            }
        }
    }

    private TimeSpan Bounded(TimeSpan retryAfter)
    {
        var atLeast = retryAfter < ShortestPatience ? ShortestPatience : retryAfter;
        return atLeast > quietTime ? quietTime : atLeast;
    }

    private async Task<IJobDelivery?> PullAsync(TimeSpan patience)
    {
        try
        {
            return await subscriber.PullAsync(patience, drain.Stopping);
        }
        catch (Exception exception) when (!drain.Stopping.IsCancellationRequested)
        {
            LogPullFailed(exception);
            await Task.Delay(patience > PauseAfterTrouble ? patience : PauseAfterTrouble, timeProvider, drain.Stopping);
            return null;
        }
    }

    private async Task<AcquireResult> AcquireAsync(string hint)
    {
        // A wish that found no answer may have been granted; only the same id gets that grant.
        _unanswered = (_unanswered ?? AcquireRequest.Create()) with { Hint = hint };
        var result = await coordinator.AcquireAsync(_unanswered, drain.Stopping);
        _unanswered = null;
        return result;
    }

    private async Task AcknowledgeAsync(IJobDelivery delivery)
    {
        try
        {
            // A broker that is away must not use up the time in which jobs are given back.
            await delivery.AcknowledgeAsync(drain.Expired);
        }
        catch (Exception exception)
        {
            LogAcknowledgeFailed(exception);
        }
    }

    private async Task<AcquireResult?> RunAsync(Grant grant)
    {
        var (end, totals) = await attempts.RunAsync(grant, drain);
        switch (end)
        {
            case AttemptEnd.Finished:
                _failuresInARow = 0;
                return await FinishAsync(grant.Lease, totals, null);
            case AttemptEnd.Failed(var failure):
                return await FailAsync(grant.Lease, totals, failure);
            case AttemptEnd.Released(var reason):
                await ReleaseAsync(grant.Lease, totals, reason);
                return null;
            default:
                return null;
        }
    }

    /// <summary>
    /// Reports a failed attempt, and pauses where the fault may be this Worker's (a full disk, no way to the data), longer after each:
    /// one that fails faster than others train would take job after job and use up their attempts.
    /// </summary>
    private async Task<AcquireResult?> FailAsync(LeaseKey lease, AttemptTotals totals, AttemptFailure failure)
    {
        var isOfTheData = failure.Permanent || failure.DataChanged;
        var next = await FinishAsync(lease, totals, failure, wantsNext: isOfTheData);
        if (!isOfTheData)
        {
            var pause = TimeSpan.FromSeconds(Math.Pow(2, Math.Min(_failuresInARow++, 10)));
            await Task.Delay(Bounded(pause), timeProvider, drain.Stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return next;
    }

    private async Task<AcquireResult?> FinishAsync(LeaseKey lease, AttemptTotals totals, AttemptFailure? failure, bool wantsNext = true)
    {
        try
        {
            var next = wantsNext && !drain.Stopping.IsCancellationRequested ? AcquireRequest.Create() : null;
            return await coordinator.FinishAsync(lease, totals, failure, next, drain.Expired);
        }
        catch (Exception exception) when (exception is CloudSweepException || drain.Expired.IsCancellationRequested)
        {
            LogFinishFailed(exception, lease.Job);
            return new AcquireResult.NothingForYou(PauseAfterTrouble);
        }
    }

    private async Task ReleaseAsync(LeaseKey lease, AttemptTotals totals, string reason)
    {
        try
        {
            await coordinator.ReleaseAsync(lease, totals, reason);
        }
        catch (CloudSweepException exception)
        {
            LogReleaseFailed(exception, lease.Job);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The Coordinator did not answer a wish for a job; asking again")]
    private partial void LogNoAnswer(Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Could not pull a notification; asking the Coordinator without one")]
    private partial void LogPullFailed(Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Could not acknowledge a notification; it comes again and does no harm")]
    private partial void LogAcknowledgeFailed(Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "The grant of job {JobId} can't be read; giving it back as failed")]
    private partial void LogUnreadable(Exception exception, JobId jobId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Could not finish job {JobId}; its lease expires")]
    private partial void LogFinishFailed(Exception exception, JobId jobId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Could not release job {JobId}; its lease expires")]
    private partial void LogReleaseFailed(Exception exception, JobId jobId);
}
