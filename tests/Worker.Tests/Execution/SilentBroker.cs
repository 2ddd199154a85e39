using CloudSweep.Core.Ports;

namespace CloudSweep.Worker.Tests.Execution;

/// <summary>Delivers a notification and never answers again.</summary>
internal sealed class SilentBroker(JobNotification notification) : IJobSubscriber, IJobDelivery
{
    private readonly TaskCompletionSource _acknowledging = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when somebody waits for an acknowledgement.</summary>
    public Task Acknowledging => _acknowledging.Task;

    public JobNotification Notification => notification;

    public Task<IJobDelivery?> PullAsync(TimeSpan patience, CancellationToken cancellationToken) => Task.FromResult<IJobDelivery?>(this);

    public Task AcknowledgeAsync(CancellationToken cancellationToken) => WaitAsync(cancellationToken);

    public Task ReleaseAsync(CancellationToken cancellationToken) => WaitAsync(cancellationToken);

    private Task WaitAsync(CancellationToken cancellationToken)
    {
        _acknowledging.TrySetResult();
        return Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
    }
}
