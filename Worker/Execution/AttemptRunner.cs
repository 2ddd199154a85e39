using CloudSweep.Core.Domain;
using CloudSweep.Worker.Execution.Coordination;
using Microsoft.Extensions.Logging;

namespace CloudSweep.Worker.Execution;

/// <summary>Runs one granted attempt beside the keeper of its lease. When it returns, all its news have been sent or the lease is lost.</summary>
internal sealed partial class AttemptRunner(
    CoordinatorClient coordinator,
    ProfileAttempt profiling,
    TrainAttempt training,
    TestAttempt testing,
    TimeProvider timeProvider,
    ILogger<AttemptRunner> logger)
{
    private static readonly Func<ILogger, SweepId, JobId, int, IDisposable?> BeginScope =
        LoggerMessage.DefineScope<SweepId, JobId, int>("sweep {SweepId} job {JobId} attempt {Attempt}");

    /// <summary>Runs until the job is done, lost or wanted no more, or the Worker stops.</summary>
    public async Task<(AttemptEnd End, AttemptTotals Totals)> RunAsync(Grant grant, DrainWindow drain)
    {
        using var scope = BeginScope(logger, grant.Lease.Job.Sweep, grant.Lease.Job, grant.Attempt);
        var progress = new AttemptProgress();
        if (drain.Stopping.IsCancellationRequested)
        {
            return (new AttemptEnd.Released(StopReasons.ShuttingDown), progress.Totals);
        }

        using var stop = new AttemptStop(drain);
        var openTrials = grant.Work is GrantedWork.Train train ? train.Trials.Select(trial => trial.Trial) : [];
        using var keeper = new LeaseKeeper(coordinator, grant.Lease, grant.LeaseDuration, openTrials, progress, timeProvider);
        LogStarted(grant.Lease.Job, grant.Attempt);
        var end = await RunAsync(grant, keeper, progress, stop);
        LogEnded(grant.Lease.Job, grant.Attempt, end);
        return (end, progress.Totals);
    }

    private async Task<AttemptEnd> RunAsync(Grant grant, LeaseKeeper keeper, AttemptProgress progress, AttemptStop stop)
    {
        var keeping = keeper.RunAsync(stop.Forced);
        var working = WorkAsync(grant, keeper, progress, stop);

        if (await Task.WhenAny(keeping, working) == keeping)
        {
            // The keeper ends first only when the lease is lost or a report refused.
            await stop.ForceAsync();
        }

        var end = await working;
        keeper.Outbox.Complete();
        try
        {
            await keeping;
            return end;
        }
        catch (LeaseLostException exception)
        {
            LogLeaseLost(exception, grant.Lease.Job);
            return new AttemptEnd.LeaseLost();
        }
        catch (OperationCanceledException) when (stop.Forced.IsCancellationRequested)
        {
            return new AttemptEnd.Released(StopReasons.ShuttingDown);
        }
        catch (Exception exception)
        {
            LogFailed(exception, grant.Lease.Job);
            return new AttemptEnd.Failed(Failures.Of(exception));
        }
    }

    private async Task<AttemptEnd> WorkAsync(Grant grant, LeaseKeeper keeper, AttemptProgress progress, AttemptStop stop)
    {
        try
        {
            return grant.Work switch
            {
                GrantedWork.Profile work => await profiling.RunAsync(grant, work, keeper, progress, stop),
                GrantedWork.Train work => await training.RunAsync(grant, work, keeper, progress, stop),
                GrantedWork.Test work => await testing.RunAsync(grant, work, keeper, progress, stop),
                _ => throw new InvalidOperationException($"No attempt for {grant.Work.GetType().Name}."),
            };
        }
        catch (OperationCanceledException) when (stop.Forced.IsCancellationRequested)
        {
            return new AttemptEnd.Released(StopReasons.ShuttingDown);
        }
        catch (Exception exception)
        {
            LogFailed(exception, grant.Lease.Job);
            return new AttemptEnd.Failed(Failures.Of(exception));
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Attempt {Attempt} at job {JobId} started")]
    private partial void LogStarted(JobId jobId, int attempt);

    [LoggerMessage(Level = LogLevel.Information, Message = "Attempt {Attempt} at job {JobId} ended: {End}")]
    private partial void LogEnded(JobId jobId, int attempt, AttemptEnd end);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Lost the lease on job {JobId}; leaving it to the new holder")]
    private partial void LogLeaseLost(Exception exception, JobId jobId);

    [LoggerMessage(Level = LogLevel.Error, Message = "An attempt at job {JobId} failed")]
    private partial void LogFailed(Exception exception, JobId jobId);
}
