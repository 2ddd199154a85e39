using CloudSweep.Core.Ports;

namespace CloudSweep.Coordinator.Background;

/// <summary>Notifies nobody: for a Coordinator without a broker, whose Workers ask by themselves after their quiet time.</summary>
internal sealed class SilentJobPublisher : IJobPublisher
{
    public Task PublishAsync(IReadOnlyList<JobNotification> notifications, CancellationToken cancellationToken) => Task.CompletedTask;
}
