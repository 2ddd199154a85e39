using Google.Cloud.PubSub.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace CloudSweep.GoogleCloud.PubSub;

/// <summary>Creates the topic and the subscription that the settings name, where they are missing.</summary>
internal sealed class PubSubResources(PubSubCalls calls, PubSubTarget target)
{
    // Jobs that stay queued are notified again within the hour, so an older notification tells nothing.
    private static readonly TimeSpan Retention = TimeSpan.FromHours(1);

    // Notifications come back because the Coordinator does not answer: it gets some rest.
    private static readonly TimeSpan ShortestBackoff = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestBackoff = TimeSpan.FromSeconds(30);

    /// <summary>Creates what is configured and missing.</summary>
    /// <exception cref="RpcException">What the service answered.</exception>
    public async Task CreateAsync(CancellationToken cancellationToken)
    {
        if (target.Topic is not null)
        {
            await CreateTopicAsync(target.Topic, cancellationToken);
            if (target.Subscription is not null)
            {
                await CreateSubscriptionAsync(target.Subscription, target.Topic, cancellationToken);
            }
        }
    }

    public Task CreateTopicAsync(string topic, CancellationToken cancellationToken) =>
        UnlessItExistsAsync(calls.CreateTopicAsync(new Topic { Name = topic }, cancellationToken));

    public Task CreateSubscriptionAsync(string subscription, string topic, CancellationToken cancellationToken)
    {
        var wanted = new Subscription
        {
            Name = subscription,
            Topic = topic,
            AckDeadlineSeconds = (int)target.AckDeadline.TotalSeconds,
            MessageRetentionDuration = Duration.FromTimeSpan(Retention),
            RetryPolicy = new RetryPolicy { MinimumBackoff = Duration.FromTimeSpan(ShortestBackoff), MaximumBackoff = Duration.FromTimeSpan(LongestBackoff) },

            // A policy without a time: the service would delete a subscription that rested for a month.
            ExpirationPolicy = new ExpirationPolicy(),
        };
        return UnlessItExistsAsync(calls.CreateSubscriptionAsync(wanted, cancellationToken));
    }

    private static async Task UnlessItExistsAsync(Task creation)
    {
        try
        {
            await creation;
        }
        catch (RpcException exception) when (exception.StatusCode == StatusCode.AlreadyExists)
        {
            // Another process was faster, or the answer to an earlier try got lost.
        }
    }
}
