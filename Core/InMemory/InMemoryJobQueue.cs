using CloudSweep.Core.Ports;

namespace CloudSweep.Core.InMemory;

/// <summary>A queue for one process. An unsettled delivery comes again after its deadline.</summary>
/// <param name="timeProvider">Measures deadlines and patience.</param>
/// <param name="acknowledgementDeadline">Time to settle a delivery.</param>
public sealed class InMemoryJobQueue(TimeProvider timeProvider, TimeSpan acknowledgementDeadline) : IJobPublisher, IJobSubscriber
{
    private readonly Lock _lock = new();
    private readonly Queue<JobNotification> _ready = [];
    private readonly List<Delivery> _unsettled = [];
    private TaskCompletionSource _changed = NewSignal();

    public Task PublishAsync(IReadOnlyList<JobNotification> notifications, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(notifications);
        cancellationToken.ThrowIfCancellationRequested();
        lock (_lock)
        {
            foreach (var notification in notifications)
            {
                _ready.Enqueue(notification);
            }

            SignalNeedsLock();
        }

        return Task.CompletedTask;
    }

    public async Task<IJobDelivery?> PullAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        var until = timeProvider.GetUtcNow() + patience;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var now = timeProvider.GetUtcNow();
            Task changed;
            TimeSpan wait;
            lock (_lock)
            {
                RedeliverNeedsLock(now);
                if (_ready.TryDequeue(out var notification))
                {
                    var delivery = new Delivery(this, notification, now + acknowledgementDeadline);
                    _unsettled.Add(delivery);
                    return delivery;
                }

                var next = _unsettled.Select(delivery => delivery.Deadline).Append(until).Min();
                wait = next - now;
                changed = _changed.Task;
            }

            if (now >= until)
            {
                return null;
            }

            // Timers drop fractions of a millisecond: without this the last wait would be none, and the loop would spin.
            var timer = TimeSpan.FromMilliseconds(Math.Ceiling(wait.TotalMilliseconds));
            await changed.WaitAsync(timer, timeProvider, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private void Settle(Delivery delivery, bool deliverAgain)
    {
        lock (_lock)
        {
            if (_unsettled.Remove(delivery) && deliverAgain)
            {
                _ready.Enqueue(delivery.Notification);
                SignalNeedsLock();
            }
        }
    }

    private void RedeliverNeedsLock(DateTimeOffset now)
    {
        foreach (var delivery in _unsettled.Where(delivery => delivery.Deadline <= now).ToArray())
        {
            _unsettled.Remove(delivery);
            _ready.Enqueue(delivery.Notification);
        }
    }

    private void SignalNeedsLock()
    {
        _changed.TrySetResult();
        _changed = NewSignal();
    }

    private sealed class Delivery(InMemoryJobQueue queue, JobNotification notification, DateTimeOffset deadline) : IJobDelivery
    {
        public JobNotification Notification { get; } = notification;

        public DateTimeOffset Deadline { get; } = deadline;

        public Task AcknowledgeAsync(CancellationToken cancellationToken)
        {
            queue.Settle(this, deliverAgain: false);
            return Task.CompletedTask;
        }

        public Task ReleaseAsync(CancellationToken cancellationToken)
        {
            queue.Settle(this, deliverAgain: true);
            return Task.CompletedTask;
        }
    }
}
