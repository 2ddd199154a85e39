namespace CloudSweep.Core.Ports;

/// <summary>Sends job notifications.</summary>
public interface IJobPublisher
{
    /// <summary>Sends all of them, or throws with some perhaps sent; sending one twice does no harm.</summary>
    Task PublishAsync(IReadOnlyList<JobNotification> notifications, CancellationToken cancellationToken);
}
