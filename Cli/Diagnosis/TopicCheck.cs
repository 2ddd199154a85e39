using CloudSweep.GoogleCloud.PubSub;

namespace CloudSweep.Cli.Diagnosis;

/// <summary>The topic is there, and this account may publish to it.</summary>
internal sealed class TopicCheck(PubSubAdministration pubSub) : IDoctorCheck
{
    public string Name => "topic";

    public async Task<CheckResult> LookAsync(CancellationToken cancellationToken)
    {
        if (pubSub.Topic is not { } topic)
        {
            return new CheckResult.NotUsed("PubSub:Topic is not set, so Workers poll");
        }

        if (!await pubSub.TopicExistsAsync(cancellationToken))
        {
            return new CheckResult.Wrong($"{topic} does not exist{At()}.", $"gcloud pubsub topics create {topic}, or cloudsweep doctor --fix");
        }

        return await pubSub.MayPublishAsync(cancellationToken)
            ? new CheckResult.Ok($"{topic}{At()}")
            : new CheckResult.Wrong($"This account may not publish to {topic}, which a Coordinator does.", $"gcloud pubsub topics add-iam-policy-binding {topic} --member=MEMBER --role=roles/pubsub.publisher");
    }

    public async Task<bool> MendAsync(CancellationToken cancellationToken)
    {
        if (await pubSub.TopicExistsAsync(cancellationToken))
        {
            return false;
        }

        await pubSub.CreateTopicAsync(cancellationToken);
        return true;
    }

    private string At() => pubSub.IsEmulator ? $" on the emulator at {pubSub.Address}" : "";
}
