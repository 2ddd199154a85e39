namespace CloudSweep.Worker.Execution;

/// <summary>The time between "stop, please" and "now": long enough to save and report, and never longer.</summary>
internal sealed class DrainWindow : IDisposable
{
    private static readonly TimeSpan LongestSettling = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _expired = new();
    private readonly CancellationTokenRegistration _registration;
    private readonly ITimer _timer;

    /// <param name="drainTimeout">Time in all; the last fifth of it, at most 2 s, is kept for the call that gives a job back.</param>
    /// <param name="timeProvider">Measures it.</param>
    /// <param name="stoppingToken">Opens the window.</param>
    public DrainWindow(TimeSpan drainTimeout, TimeProvider timeProvider, CancellationToken stoppingToken)
    {
        var settling = drainTimeout / 5 < LongestSettling ? drainTimeout / 5 : LongestSettling;
        Stopping = stoppingToken;
        _timer = timeProvider.CreateTimer(_ => _expired.Cancel(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _registration = stoppingToken.Register(() => _timer.Change(drainTimeout - settling, Timeout.InfiniteTimeSpan));
    }

    /// <summary>Save, report and return.</summary>
    public CancellationToken Stopping { get; }

    /// <summary>Return at once.</summary>
    public CancellationToken Expired => _expired.Token;

    public void Dispose()
    {
        _registration.Dispose();
        _timer.Dispose();
        _expired.Dispose();
    }
}
