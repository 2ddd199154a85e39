namespace CloudSweep.Core.Ports;

/// <summary>Receives job notifications at least once: late, repeated, reordered, to two Workers at a time, or never.</summary>
public interface IJobSubscriber
{
    /// <summary>Waits for one notification for at most <paramref name="patience"/>; null when none came.</summary>
    Task<IJobDelivery?> PullAsync(TimeSpan patience, CancellationToken cancellationToken);
}
