namespace CloudSweep.Core.Ports;

/// <summary>One delivery of a notification. Settle it once: acknowledge or release; unsettled it comes again after a while.</summary>
public interface IJobDelivery
{
    JobNotification Notification { get; }

    /// <summary>Never deliver it again (best effort).</summary>
    Task AcknowledgeAsync(CancellationToken cancellationToken);

    /// <summary>Deliver it again soon.</summary>
    Task ReleaseAsync(CancellationToken cancellationToken);
}
