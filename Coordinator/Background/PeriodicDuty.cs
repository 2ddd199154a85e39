namespace CloudSweep.Coordinator.Background;

/// <summary>Runs one unit of work again and again. Subclasses have one duty each; tests call <see cref="RunOnceAsync"/>.</summary>
internal abstract partial class PeriodicDuty(TimeProvider time, ILogger logger) : BackgroundService
{
    private static readonly Task Never = new TaskCompletionSource().Task;

    /// <summary>Time between two runs.</summary>
    protected abstract TimeSpan Interval { get; }

    /// <summary>Most runs within a second, however often the next is wanted early. Default: as many as are wanted.</summary>
    protected virtual int MostRunsPerSecond => int.MaxValue;

    protected TimeProvider Time { get; } = time;

    public abstract Task RunOnceAsync(CancellationToken cancellationToken);

    /// <summary>Completes when the next run is wanted early. Taken before a run, so that nothing that changes meanwhile is missed.</summary>
    protected virtual Task EarlyWake => Never;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var (runs, second) = (0, Time.GetTimestamp());
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var early = EarlyWake;
                await RunOnceAsync(stoppingToken);
                await WaitAsync(early, stoppingToken);
                var rest = TimeSpan.FromSeconds(1) - Time.GetElapsedTime(second);
                if (rest > TimeSpan.Zero && ++runs < MostRunsPerSecond)
                {
                    continue;
                }

                await Task.Delay(rest > TimeSpan.Zero ? rest : TimeSpan.Zero, Time, stoppingToken);
                (runs, second) = (0, Time.GetTimestamp());
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

    private async Task WaitAsync(Task early, CancellationToken cancellationToken)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(early, Task.Delay(Interval, Time, late.Token));
        await late.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Duty} failed and is tried again")]
    private static partial void LogFailed(ILogger logger, Exception exception, string duty);
}
