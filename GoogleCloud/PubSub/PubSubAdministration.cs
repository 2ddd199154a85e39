using CloudSweep.Core.Domain;
using Google.Cloud.Iam.V1;
using Google.Cloud.PubSub.V1;
using Grpc.Core;

namespace CloudSweep.GoogleCloud.PubSub;

/// <summary>
/// Looks at and creates the topic and the subscription that the settings name. For <c>cloudsweep doctor</c>.
/// Every call throws <see cref="CloudSweepException"/> with the way out when the service refuses or does not answer.
/// </summary>
public sealed class PubSubAdministration
{
    // Longer than this, and a notification whose Worker died waits longer than people do.
    private static readonly TimeSpan LongestFitAckDeadline = TimeSpan.FromSeconds(120);

    private readonly PubSubCalls _calls;
    private readonly PubSubTarget _target;
    private readonly PubSubResources _resources;

    internal PubSubAdministration(PubSubCalls calls, PubSubTarget target)
    {
        _calls = calls;
        _target = target;
        _resources = new PubSubResources(calls, target);
    }

    /// <summary>Of the service: https for Google, http for an emulator.</summary>
    public Uri Address => _target.Address;

    public bool IsEmulator => _target.IsEmulator;

    /// <summary>Full name; null when none is configured.</summary>
    public string? Topic => _target.Topic;

    /// <summary>Full name; null when none is configured.</summary>
    public string? Subscription => _target.Subscription;

    public async Task<bool> TopicExistsAsync(CancellationToken cancellationToken) =>
        await FindAsync("look at", Required(Topic, nameof(Topic)), topic => _calls.GetTopicAsync(topic, cancellationToken)) is not null;

    /// <summary>Does nothing when it exists.</summary>
    public Task CreateTopicAsync(CancellationToken cancellationToken) =>
        CallAsync("create", Required(Topic, nameof(Topic)), topic => _resources.CreateTopicAsync(topic, cancellationToken));

    public async Task<SubscriptionCheck> CheckSubscriptionAsync(CancellationToken cancellationToken)
    {
        var name = Required(Subscription, nameof(Subscription));
        var found = await FindAsync("look at", name, subscription => _calls.GetSubscriptionAsync(subscription, cancellationToken));
        if (found is null)
        {
            return new SubscriptionCheck.Absent();
        }

        var problems = Problems(found).ToArray();
        return problems.Length == 0 ? new SubscriptionCheck.Fit() : new SubscriptionCheck.Unfit(problems);
    }

    /// <summary>Does nothing when it exists. The topic must exist.</summary>
    public Task CreateSubscriptionAsync(CancellationToken cancellationToken)
    {
        var topic = Required(Topic, nameof(Topic));
        return CallAsync("create", Required(Subscription, nameof(Subscription)), subscription => _resources.CreateSubscriptionAsync(subscription, topic, cancellationToken));
    }

    /// <summary>Whether the account of this process may publish to the topic, as a Coordinator does. An emulator permits everything.</summary>
    public Task<bool> MayPublishAsync(CancellationToken cancellationToken) =>
        MayAsync(Required(Topic, nameof(Topic)), "pubsub.topics.publish", cancellationToken);

    /// <summary>Whether the account of this process may pull from the subscription, as a Worker does. An emulator permits everything.</summary>
    public Task<bool> MayPullAsync(CancellationToken cancellationToken) =>
        MayAsync(Required(Subscription, nameof(Subscription)), "pubsub.subscriptions.consume", cancellationToken);

    private static string Required(string? name, string setting) =>
        name ?? throw new InvalidOperationException($"{PubSubOptions.SectionName}:{setting} is not configured.");

    private IEnumerable<string> Problems(Subscription found)
    {
        if (found.Detached)
        {
            yield return $"{found.Name} is detached and gets nothing any more: delete it ('gcloud pubsub subscriptions delete {found.Name}') and run 'cloudsweep doctor --fix'.";
        }
        else if (Topic is not null && found.Topic != Topic)
        {
            yield return $"{found.Name} belongs to {found.Topic}, not to {Topic}: set PubSub:Topic or PubSub:Subscription so that they belong together, or delete it "
                + $"('gcloud pubsub subscriptions delete {found.Name}') and run 'cloudsweep doctor --fix'.";
        }

        var ackDeadline = TimeSpan.FromSeconds(found.AckDeadlineSeconds);
        if (ackDeadline > LongestFitAckDeadline)
        {
            yield return $"{found.Name} has an acknowledgement deadline of {ackDeadline.TotalSeconds} s, by which a job is late when its Worker dies: "
                + $"'gcloud pubsub subscriptions update {found.Name} --ack-deadline={_target.AckDeadline.TotalSeconds}'.";
        }
    }

    private async Task<bool> MayAsync(string resource, string permission, CancellationToken cancellationToken)
    {
        if (IsEmulator)
        {
            return true;
        }

        var request = new TestIamPermissionsRequest { Resource = resource, Permissions = { permission } };
        var answer = await CallAsync("look at", resource, _ => _calls.TestPermissionsAsync(request, cancellationToken));
        return answer.Permissions.Contains(permission);
    }

    private Task<T?> FindAsync<T>(string deed, string resource, Func<string, Task<T>> call)
        where T : class => CallAsync<T?>(
            deed,
            resource,
            async name =>
            {
                try
                {
                    return await call(name);
                }
                catch (RpcException exception) when (exception.StatusCode == StatusCode.NotFound)
                {
                    return null;
                }
            });

    private Task<object?> CallAsync(string deed, string resource, Func<string, Task> call) => CallAsync<object?>(
        deed,
        resource,
        async name =>
        {
            await call(name);
            return null;
        });

    private async Task<T> CallAsync<T>(string deed, string resource, Func<string, Task<T>> call)
    {
        try
        {
            return await call(resource);
        }
        catch (RpcException exception)
        {
            throw PubSubErrors.Explain(exception, deed, resource, Address);
        }
    }
}
