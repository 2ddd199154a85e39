namespace CloudSweep.GoogleCloud.Storage.Http;

/// <summary>Gives a request up when nothing moves for too long, however long it takes as a whole.</summary>
internal sealed class IdleTimeout : IDisposable
{
    private readonly TimeSpan _limit;
    private readonly CancellationToken _callerToken;
    private readonly CancellationTokenSource _stop;
    private readonly CancellationTokenRegistration _registration;

    public IdleTimeout(TimeSpan limit, TimeProvider timeProvider, CancellationToken callerToken)
    {
        _limit = limit;
        _callerToken = callerToken;
        _stop = new CancellationTokenSource(limit, timeProvider);
        _registration = callerToken.UnsafeRegister(static stop => ((CancellationTokenSource)stop!).Cancel(), _stop);
    }

    /// <summary>Cancelled by the caller, or when the time is over.</summary>
    public CancellationToken Token => _stop.Token;

    /// <summary>The time is over; the caller has not given up.</summary>
    public bool HasExpired => _stop.IsCancellationRequested && !_callerToken.IsCancellationRequested;

    /// <summary>Something moved: the time begins again.</summary>
    public void Restart() => _stop.CancelAfter(_limit);

    public void Dispose()
    {
        _registration.Dispose();
        _stop.Dispose();
    }
}
