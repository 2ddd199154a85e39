using CloudSweep.GoogleCloud.PubSub;
using Found = CloudSweep.GoogleCloud.PubSub.SubscriptionCheck;

namespace CloudSweep.Cli.Diagnosis;

/// <summary>The subscription is there and as it should be, and this account may pull from it.</summary>
internal sealed class SubscriptionCheck(PubSubAdministration pubSub) : IDoctorCheck
{
    public string Name => "subscription";

    public async Task<CheckResult> LookAsync(CancellationToken cancellationToken)
    {
        if (pubSub.Subscription is not { } subscription)
        {
            return new CheckResult.NotUsed("PubSub:Subscription is not set, so Workers poll");
        }

        return await pubSub.CheckSubscriptionAsync(cancellationToken) switch
        {
            Found.Absent => new CheckResult.Wrong(
                $"{subscription} does not exist.",
                pubSub.Topic is null ? "Set PubSub:Topic too, then run cloudsweep doctor --fix" : $"gcloud pubsub subscriptions create {subscription} --topic={pubSub.Topic}, or cloudsweep doctor --fix"),
            Found.Unfit unfit => new CheckResult.Wrong(string.Join(' ', unfit.Problems), "Do what the message says."),
            _ when !await pubSub.MayPullAsync(cancellationToken) => new CheckResult.Wrong(
                $"This account may not pull from {subscription}, which a Worker does.", $"gcloud pubsub subscriptions add-iam-policy-binding {subscription} --member=MEMBER --role=roles/pubsub.subscriber"),
            _ => new CheckResult.Ok(subscription),
        };
    }

    public async Task<bool> MendAsync(CancellationToken cancellationToken)
    {
        if (pubSub.Topic is null || await pubSub.CheckSubscriptionAsync(cancellationToken) is not Found.Absent)
        {
            return false;
        }

        await pubSub.CreateSubscriptionAsync(cancellationToken);
        return true;
    }
}
