using Google.Cloud.Iam.V1;
using Google.Cloud.PubSub.V1;
using Grpc.Core;
using Polly;

namespace CloudSweep.GoogleCloud.PubSub;

/// <summary>
/// The calls of Pub/Sub that CloudSweep makes, each with a routing header, a deadline, retries and credentials.
/// All throw <see cref="RpcException"/> for what the service answered last, and <see cref="OperationCanceledException"/> when the caller gave up.
/// </summary>
/// <param name="invoker">Leads to the service.</param>
/// <param name="authorization">Null: an emulator, which wants none.</param>
/// <param name="timeProvider">Measures deadlines and pauses.</param>
internal sealed class PubSubCalls(CallInvoker invoker, PubSubAuthorization? authorization, TimeProvider timeProvider)
{
    public const string RoutingHeader = "x-goog-request-params";

    private static readonly TimeSpan PublishDeadline = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan SettleDeadline = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AdministrationDeadline = TimeSpan.FromSeconds(20);

    private readonly PubSubRetries _retries = new(timeProvider);
    private readonly Publisher.PublisherClient _publisher = new(invoker);
    private readonly Subscriber.SubscriberClient _subscriber = new(invoker);
    private readonly IAMPolicy.IAMPolicyClient _access = new(invoker);

    public Task<PublishResponse> PublishAsync(PublishRequest request, CancellationToken cancellationToken) =>
        CallAsync(_retries.Publish, PublishDeadline, "topic", request.Topic, options => _publisher.PublishAsync(request, options), cancellationToken);

    /// <param name="request">What is wanted.</param>
    /// <param name="deadline">The service answers about a second before it, with nothing when nothing came.</param>
    /// <param name="cancellationToken">Gives up. A message that is handed out at this moment comes again after its deadline.</param>
    public Task<PullResponse> PullAsync(PullRequest request, TimeSpan deadline, CancellationToken cancellationToken) =>
        CallAsync(_retries.Pull, deadline, "subscription", request.Subscription, options => _subscriber.PullAsync(request, options), cancellationToken);

    public Task AcknowledgeAsync(AcknowledgeRequest request, CancellationToken cancellationToken) =>
        CallAsync(_retries.Change, SettleDeadline, "subscription", request.Subscription, options => _subscriber.AcknowledgeAsync(request, options), cancellationToken);

    public Task ModifyAckDeadlineAsync(ModifyAckDeadlineRequest request, CancellationToken cancellationToken) =>
        CallAsync(_retries.Change, SettleDeadline, "subscription", request.Subscription, options => _subscriber.ModifyAckDeadlineAsync(request, options), cancellationToken);

    public Task<Topic> GetTopicAsync(string topic, CancellationToken cancellationToken) =>
        CallAsync(_retries.Look, AdministrationDeadline, "topic", topic, options => _publisher.GetTopicAsync(new GetTopicRequest { Topic = topic }, options), cancellationToken);

    public Task<Subscription> GetSubscriptionAsync(string subscription, CancellationToken cancellationToken) => CallAsync(
        _retries.Look,
        AdministrationDeadline,
        "subscription",
        subscription,
        options => _subscriber.GetSubscriptionAsync(new GetSubscriptionRequest { Subscription = subscription }, options),
        cancellationToken);

    public Task<Topic> CreateTopicAsync(Topic topic, CancellationToken cancellationToken) =>
        CallAsync(_retries.Change, AdministrationDeadline, "name", topic.Name, options => _publisher.CreateTopicAsync(topic, options), cancellationToken);

    public Task<Subscription> CreateSubscriptionAsync(Subscription subscription, CancellationToken cancellationToken) =>
        CallAsync(_retries.Look, AdministrationDeadline, "name", subscription.Name, options => _subscriber.CreateSubscriptionAsync(subscription, options), cancellationToken);

    public Task<TestIamPermissionsResponse> TestPermissionsAsync(TestIamPermissionsRequest request, CancellationToken cancellationToken) =>
        CallAsync(_retries.Look, AdministrationDeadline, "resource", request.Resource, options => _access.TestIamPermissionsAsync(request, options), cancellationToken);

    private async Task<T> CallAsync<T>(
        ResiliencePipeline retries, TimeSpan deadline, string routingKey, string routingValue, Func<CallOptions, AsyncUnaryCall<T>> call, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var headers = new Metadata { { RoutingHeader, $"{routingKey}={Uri.EscapeDataString(routingValue)}" } };
        try
        {
            return await retries.ExecuteAsync(
                async token => authorization is null
                    ? await SendAsync(headers, token)
                    : await authorization.CallAsync(headers, signed => SendAsync(signed, token), token),
                cancellationToken);
        }
        catch (RpcException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }

        async Task<T> SendAsync(Metadata sent, CancellationToken token)
        {
            using var sending = call(new CallOptions(sent, (timeProvider.GetUtcNow() + deadline).UtcDateTime, token));
            return await sending;
        }
    }
}
