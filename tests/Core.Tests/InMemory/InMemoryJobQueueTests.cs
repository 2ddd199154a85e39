using CloudSweep.Core.InMemory;
using CloudSweep.Core.Ports;
using CloudSweep.TestSupport.Queue;
using Microsoft.Extensions.Time.Testing;

namespace CloudSweep.Core.Tests.InMemory;

public sealed class InMemoryJobQueueTests : JobQueueContract
{
    private readonly FakeTimeProvider _time = new();
    private readonly InMemoryJobQueue _queue;

    public InMemoryJobQueueTests() => _queue = new InMemoryJobQueue(_time, AcknowledgementDeadline);

    protected override IJobPublisher Publisher => _queue;

    protected override IJobSubscriber Subscriber => _queue;

    protected override TimeSpan Precision => TimeSpan.FromTicks(1);

    protected override TimeSpan AcknowledgementDeadline => TimeSpan.FromSeconds(30);

    protected override Task PassAsync(TimeSpan time)
    {
        _time.Advance(time);
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Pull_PatienceOfOneTick_WaitsForTheClock()
    {
        var pull = _queue.PullAsync(TimeSpan.FromTicks(1), TestContext.Current.CancellationToken);
        Assert.False(pull.IsCompleted);

        _time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Null(await pull);
    }
}
