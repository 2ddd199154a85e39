using CloudSweep.Core.Ports;
using CloudSweep.TestSupport.PubSub;
using CloudSweep.TestSupport.Queue;

[assembly: AssemblyFixture(typeof(PubSubEmulator))]

namespace CloudSweep.GoogleCloud.Tests.PubSub;

/// <summary>The contract against Google's emulator, in real time.</summary>
[Trait("Category", "Emulator")]
public sealed class PubSubJobQueueTests(PubSubEmulator emulator) : JobQueueContract, IAsyncLifetime
{
    // The broker's clock is not ours, and the machine may be busy.
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(1);

    private EmulatorQueue? _queue;

    protected override IJobPublisher Publisher => _queue!.Publisher;

    protected override IJobSubscriber Subscriber => _queue!.Subscriber;

    // Shorter than Google takes (10 s), so that the tests are short; the emulator does not mind.
    protected override TimeSpan AcknowledgementDeadline => TimeSpan.FromSeconds(5);

    protected override TimeSpan Precision => TimeSpan.FromSeconds(4);

    public async ValueTask InitializeAsync()
    {
        _queue = await EmulatorQueue.OpenAsync(emulator, AcknowledgementDeadline);
        await _queue.CreateAsync(TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync()
    {
        _queue?.Dispose();
        return ValueTask.CompletedTask;
    }

    protected override Task PassAsync(TimeSpan time) => Task.Delay(time + Slack, TimeProvider.System, TestContext.Current.CancellationToken);
}
