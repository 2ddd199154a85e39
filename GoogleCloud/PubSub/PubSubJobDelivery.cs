using CloudSweep.Core.Domain;
using CloudSweep.Core.Ports;
using Google.Cloud.PubSub.V1;
using Grpc.Core;

namespace CloudSweep.GoogleCloud.PubSub;

/// <summary>A pulled message. The service says OK to a settlement that comes too late as well, so it tells nothing.</summary>
internal sealed class PubSubJobDelivery(PubSubCalls calls, PubSubTarget target, string subscription, string ackId, JobNotification notification) : IJobDelivery
{
    private int _isSettled;

    public JobNotification Notification { get; } = notification;

    /// <exception cref="CloudSweepException">The service was not reached; the notification comes again.</exception>
    public Task AcknowledgeAsync(CancellationToken cancellationToken) => SettleAsync(
        "acknowledge a message of",
        () => calls.AcknowledgeAsync(new AcknowledgeRequest { Subscription = subscription, AckIds = { ackId } }, cancellationToken));

    /// <exception cref="CloudSweepException">The service was not reached; the notification comes again after its deadline.</exception>
    public Task ReleaseAsync(CancellationToken cancellationToken) => SettleAsync(
        "release a message of",
        () => calls.ModifyAckDeadlineAsync(new ModifyAckDeadlineRequest { Subscription = subscription, AckIds = { ackId }, AckDeadlineSeconds = 0 }, cancellationToken));

    private async Task SettleAsync(string deed, Func<Task> call)
    {
        if (Interlocked.Exchange(ref _isSettled, 1) == 1)
        {
            return;
        }

        try
        {
            await call();
        }
        catch (RpcException exception)
        {
            throw PubSubErrors.Explain(exception, deed, subscription, target.Address);
        }
    }
}
