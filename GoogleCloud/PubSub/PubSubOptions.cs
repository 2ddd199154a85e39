namespace CloudSweep.GoogleCloud.PubSub;

/// <summary>Where notifications of jobs go to and come from.</summary>
public sealed class PubSubOptions
{
    public const string SectionName = "PubSub";

    /// <summary>Google Cloud project of the topic and the subscription. Default: GOOGLE_CLOUD_PROJECT. Not needed where both are given as full names.</summary>
    public string Project { get; init; } = "";

    /// <summary>Id, or full name <c>projects/PROJECT/topics/ID</c>, of the topic that the Coordinator publishes to. Default: none, Workers poll.</summary>
    public string Topic { get; init; } = "";

    /// <summary>Id, or full name <c>projects/PROJECT/subscriptions/ID</c>, of the subscription that all Workers share. Default: none, Workers poll.</summary>
    public string Subscription { get; init; } = "";

    /// <summary><c>host</c> or <c>host:port</c> of the service, spoken to over TLS; for example <c>europe-west1-pubsub.googleapis.com</c> to stay in a region.</summary>
    public string Endpoint { get; init; } = "pubsub.googleapis.com";

    /// <summary>Whether PUBSUB_EMULATOR_HOST (<c>host:port</c>, not encrypted, no credentials) takes the place of <see cref="Endpoint"/>. Default: when it is set.</summary>
    public EmulatorDetection EmulatorDetection { get; init; } = EmulatorDetection.EmulatorOrProduction;

    /// <summary>
    /// Time that a created subscription gives a Worker to acknowledge, 10 s to 600 s. Default: 60 s. A Worker that dies between taking a notification and asking
    /// for a job delays it by this long, so short is better; training does not depend on it.
    /// </summary>
    public TimeSpan AckDeadline { get; init; } = TimeSpan.FromSeconds(60);
}
