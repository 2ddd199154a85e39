namespace CloudSweep.GoogleCloud.PubSub;

/// <summary>How the calls of one side (publisher or subscriber) have gone lately. Safe for use by many threads.</summary>
internal sealed class PubSubState(TimeProvider timeProvider)
{
    private readonly Lock _lock = new();
    private PubSubStanding _standing = new(null, 0, null);

    public PubSubStanding Current
    {
        get
        {
            lock (_lock)
            {
                return _standing;
            }
        }
    }

    public void Succeeded()
    {
        lock (_lock)
        {
            _standing = new PubSubStanding(timeProvider.GetUtcNow(), 0, null);
        }
    }

    /// <param name="error">Safe to show.</param>
    public void Failed(string error)
    {
        lock (_lock)
        {
            _standing = _standing with { ConsecutiveFailures = _standing.ConsecutiveFailures + 1, LastError = error };
        }
    }
}
