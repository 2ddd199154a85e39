using CloudSweep.GoogleCloud.PubSub;
using CloudSweep.TestSupport.PubSub;

namespace CloudSweep.GoogleCloud.Tests.PubSub;

/// <summary>An emulator that comes back empty, which is what it does whenever it is restarted.</summary>
[Trait("Category", "Emulator")]
public sealed class PubSubRestartTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static CancellationToken None => TestContext.Current.CancellationToken;

    [Fact]
    public async Task PublishAndPull_EmulatorRestartedEmpty_CreateWhatIsMissingAndWork()
    {
        await using var emulator = PubSubEmulator.Own();
        using var queue = await EmulatorQueue.OpenAsync(emulator, TimeSpan.FromSeconds(10));
        await queue.Publisher.PublishAsync([Notifications.Of(1)], None);
        Assert.NotNull(await queue.Subscriber.PullAsync(Patience, None));

        await emulator.RestartAsync();
        await queue.Publisher.PublishAsync([Notifications.Of(2)], None);
        var afterPublish = await queue.Subscriber.PullAsync(Patience, None);

        await emulator.RestartAsync();
        Assert.Null(await queue.Subscriber.PullAsync(TimeSpan.Zero, None));
        await queue.Publisher.PublishAsync([Notifications.Of(3)], None);
        var afterPull = await queue.Subscriber.PullAsync(Patience, None);

        Assert.Equal(Notifications.Of(2), afterPublish?.Notification);
        Assert.Equal(Notifications.Of(3), afterPull?.Notification);
        Assert.Equal(0, queue.PublisherState.Current.ConsecutiveFailures);
        Assert.Equal(0, queue.SubscriberState.Current.ConsecutiveFailures);
    }

    [Fact]
    public async Task Pull_EmulatorIsGone_FailsAndRecoversByItself()
    {
        await using var emulator = PubSubEmulator.Own();
        using var queue = await EmulatorQueue.OpenAsync(emulator, TimeSpan.FromSeconds(10));
        await queue.CreateAsync(None);
        await emulator.StopAsync();

        await Assert.ThrowsAsync<PubSubException>(() => queue.Subscriber.PullAsync(Patience, None));
        Assert.Equal(1, queue.SubscriberState.Current.ConsecutiveFailures);

        await emulator.RestartAsync();
        Assert.Null(await queue.Subscriber.PullAsync(TimeSpan.Zero, None));
        Assert.Equal(0, queue.SubscriberState.Current.ConsecutiveFailures);
    }
}
