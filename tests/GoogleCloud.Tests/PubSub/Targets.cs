using CloudSweep.GoogleCloud.PubSub;

namespace CloudSweep.GoogleCloud.Tests.PubSub;

/// <summary>Targets for tests that reach no service.</summary>
internal static class Targets
{
    public const string Topic = "projects/p1/topics/jobs";
    public const string Subscription = "projects/p1/subscriptions/workers";

    public static PubSubTarget Google { get; } = new(new Uri("https://pubsub.googleapis.com"), IsEmulator: false, Topic, Subscription, TimeSpan.FromSeconds(60));

    public static PubSubTarget Emulator { get; } = Google with { Address = new Uri("http://127.0.0.1:8085"), IsEmulator = true };
}
