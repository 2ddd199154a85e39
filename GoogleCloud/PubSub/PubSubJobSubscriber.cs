using CloudSweep.Core.Domain;
using CloudSweep.Core.Ports;
using Google.Cloud.PubSub.V1;
using Grpc.Core;
using Microsoft.Extensions.Logging;

namespace CloudSweep.GoogleCloud.PubSub;

/// <summary>
/// Pulls one notification at a time: a stream would hoard them behind a long job. Every call ends by its own deadline, so none can hang,
/// and how they went is in <see cref="PubSubState"/>. On an emulator, which forgets it at every restart, it creates the subscription when it is missing.
/// </summary>
internal sealed partial class PubSubJobSubscriber(
    PubSubCalls calls, PubSubTarget target, string subscription, PubSubState state, TimeProvider timeProvider, ILogger<PubSubJobSubscriber> logger) : IJobSubscriber
{
    // Proxies cut calls that rest for long, and a dead connection shows at the next call.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(24);

    // The service says "nothing" about a second before the deadline of the call.
    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan PauseAfterEarlyAnswer = TimeSpan.FromSeconds(1);

    // Whoever fills the topic with something else must not keep a slot from asking the Coordinator.
    private const int MostDropsInOnePull = 100;

    private readonly PubSubResources _resources = new(calls, target);

    /// <exception cref="CloudSweepException">The service refused, or did not answer several times.</exception>
    public async Task<IJobDelivery?> PullAsync(TimeSpan patience, CancellationToken cancellationToken)
    {
        var until = timeProvider.GetUtcNow() + patience;
        for (var drops = 0; drops < MostDropsInOnePull;)
        {
            var started = timeProvider.GetUtcNow();
            var left = until - started;
            var wait = left < TimeSpan.Zero ? TimeSpan.Zero : left > LongestWait ? LongestWait : left;
            if (await PullOnceAsync(wait + AnswerTime, cancellationToken) is not { } received)
            {
                if (timeProvider.GetUtcNow() >= until)
                {
                    return null;
                }

                await RestAsync(started, until, cancellationToken);
            }
            else if (NotificationMessages.Read(received.Message) is { } notification)
            {
                return new PubSubJobDelivery(calls, target, subscription, received.AckId, notification);
            }
            else
            {
                await DropAsync(received);
                drops++;
            }
        }

        return null;
    }

    private async Task<ReceivedMessage?> PullOnceAsync(TimeSpan deadline, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await PullOrCreateAsync(new PullRequest { Subscription = subscription, MaxMessages = 1 }, deadline, cancellationToken);
            state.Succeeded();
            return answer.ReceivedMessages.FirstOrDefault();
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.DeadlineExceeded)
        {
            // Nothing came. A service that can't be reached is told by Unavailable: connecting has a shorter limit of its own, and a silent connection is pinged.
            state.Succeeded();
            return null;
        }
        catch (RpcException exception)
        {
            var explained = PubSubErrors.Explain(exception, "pull from", subscription, target.Address);
            state.Failed(explained.Message);
            throw explained;
        }
        catch (CloudSweepException exception)
        {
            state.Failed(exception.Message);
            throw;
        }
    }

    private async Task<PullResponse> PullOrCreateAsync(PullRequest request, TimeSpan deadline, CancellationToken cancellationToken)
    {
        try
        {
            return await calls.PullAsync(request, deadline, cancellationToken);
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.NotFound && target.IsEmulator)
        {
            LogCreating(subscription);
            await _resources.CreateAsync(cancellationToken);
            return await calls.PullAsync(request, deadline, cancellationToken);
        }
    }

    // The service may say "nothing" long before the deadline; asking again at once would be a busy loop over the network.
    private async Task RestAsync(DateTimeOffset started, DateTimeOffset until, CancellationToken cancellationToken)
    {
        var now = timeProvider.GetUtcNow();
        var next = started + PauseAfterEarlyAnswer;
        if (next > until)
        {
            next = until;
        }

        if (next > now)
        {
            await Task.Delay(next - now, timeProvider, cancellationToken);
        }
    }

    // Nobody can read it now or later, and left alone it would come again for as long as it is retained.
    private async Task DropAsync(ReceivedMessage received)
    {
        LogDropped(received.Message.MessageId, subscription);
        try
        {
            await calls.AcknowledgeAsync(new AcknowledgeRequest { Subscription = subscription, AckIds = { received.AckId } }, CancellationToken.None);
        }
        catch (Exception exception) when (exception is RpcException or CloudSweepException)
        {
            LogDropFailed(exception, received.Message.MessageId);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The Pub/Sub emulator has no {Subscription}; creating it")]
    private partial void LogCreating(string subscription);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Dropped message {MessageId} of {Subscription}: it is not a job notification. Only the Coordinator should publish to this topic")]
    private partial void LogDropped(string messageId, string subscription);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Could not acknowledge message {MessageId}; it comes again")]
    private partial void LogDropFailed(Exception exception, string messageId);
}
