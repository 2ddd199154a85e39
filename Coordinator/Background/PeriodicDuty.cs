namespace CloudSweep.Coordinator.Background;

/// <summary>Runs one unit of work again and again. Subclasses have one duty each; tests call <see cref="RunOnceAsync"/>.</summary>
internal abstract partial class PeriodicDuty(TimeProvider time, ILogger logger) : BackgroundService
{
    /// <summary>Time between two runs.</summary>
    protected abstract TimeSpan Interval { get; }

    protected TimeProvider Time { get; } = time;

    public abstract Task RunOnceAsync(CancellationToken cancellationToken);

    /// <summary>Waits for the next run; subclasses may wake early.</summary>
    protected virtual Task WaitAsync(CancellationToken cancellationToken) => Task.Delay(Interval, Time, cancellationToken);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await RunOnceAsync(stoppingToken);
                await WaitAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // A duty that fails once must not end the Coordinator; it is tried again.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                LogFailed(logger, exception, GetType().Name);
                await Task.Delay(Interval, Time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Duty} failed and is tried again")]
    private static partial void LogFailed(ILogger logger, Exception exception, string duty);
}
