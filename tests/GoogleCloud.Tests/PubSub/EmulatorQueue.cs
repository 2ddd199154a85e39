using CloudSweep.GoogleCloud.PubSub;
using CloudSweep.TestSupport.PubSub;
using Grpc.Net.Client;
using Microsoft.Extensions.Logging.Abstractions;

namespace CloudSweep.GoogleCloud.Tests.PubSub;

/// <summary>A topic and a subscription of their own on the emulator, with our publisher and subscriber.</summary>
internal sealed class EmulatorQueue : IDisposable
{
    private readonly GrpcChannel _channel;

    private EmulatorQueue(PubSubTarget target)
    {
        Target = target;
        _channel = PubSubChannel.Open(target);
        Calls = new PubSubCalls(_channel.CreateCallInvoker(), authorization: null, TimeProvider.System);
        Administration = new PubSubAdministration(Calls, target);
        Publisher = new PubSubJobPublisher(Calls, target, target.Topic!, PublisherState, NullLogger<PubSubJobPublisher>.Instance);
        Subscriber = new PubSubJobSubscriber(Calls, target, target.Subscription!, SubscriberState, TimeProvider.System, NullLogger<PubSubJobSubscriber>.Instance);
    }

    public PubSubTarget Target { get; }

    public PubSubCalls Calls { get; }

    public PubSubAdministration Administration { get; }

    public PubSubState PublisherState { get; } = new(TimeProvider.System);

    public PubSubState SubscriberState { get; } = new(TimeProvider.System);

    public PubSubJobPublisher Publisher { get; }

    public PubSubJobSubscriber Subscriber { get; }

    /// <summary>Nothing is created yet.</summary>
    public static async Task<EmulatorQueue> OpenAsync(PubSubEmulator emulator, TimeSpan ackDeadline)
    {
        var id = Guid.NewGuid().ToString("N")[..8];
        return new EmulatorQueue(new PubSubTarget(
            new Uri($"http://{await emulator.RequireAsync()}"), IsEmulator: true, $"projects/tests/topics/jobs-{id}", $"projects/tests/subscriptions/workers-{id}", ackDeadline));
    }

    public async Task CreateAsync(CancellationToken cancellationToken)
    {
        await Administration.CreateTopicAsync(cancellationToken);
        await Administration.CreateSubscriptionAsync(cancellationToken);
    }

    public void Dispose() => _channel.Dispose();
}
