using CloudSweep.Core.Domain;
using CloudSweep.Core.Ports;

namespace CloudSweep.TestSupport.Queue;

/// <summary>What every job queue must do, as far as one process can tell. Derive once per adapter; the queue is new and empty for every test.</summary>
public abstract class JobQueueContract
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private static CancellationToken None => TestContext.Current.CancellationToken;

    protected abstract IJobPublisher Publisher { get; }

    protected abstract IJobSubscriber Subscriber { get; }

    /// <summary>How closely the queue keeps its times.</summary>
    protected abstract TimeSpan Precision { get; }

    /// <summary>After this time an unsettled delivery comes again.</summary>
    protected abstract TimeSpan AcknowledgementDeadline { get; }

    /// <summary>Lets this much of the queue's time pass.</summary>
    protected abstract Task PassAsync(TimeSpan time);

    [Fact]
    public async Task Pull_Published_DeliversEachOnce()
    {
        await PublishAsync(1, 2, 3);

        int[] jobs = [await TakeAsync(), await TakeAsync(), await TakeAsync()];

        Assert.Equal([1, 2, 3], jobs.Order());
        await AssertEmptyAsync();
    }

    [Fact]
    public async Task Pull_PublishedWhileItWaits_Delivers()
    {
        var pull = Subscriber.PullAsync(Patience, None);
        Assert.False(pull.IsCompleted);

        await PublishAsync(1);

        Assert.Equal(1, JobOf(await pull));
    }

    [Fact]
    public async Task Pull_NothingComes_IsNullAfterItsPatience()
    {
        var pull = Subscriber.PullAsync(Patience, None);
        await PassAsync(Patience - Precision);
        Assert.False(pull.IsCompleted);

        await PassAsync(Precision);

        Assert.Null(await pull);
    }

    [Fact]
    public async Task Pull_NoPatience_TakesWhatIsThere()
    {
        Assert.Null(await Subscriber.PullAsync(TimeSpan.Zero, None));
        await PublishAsync(1);

        Assert.Equal(1, JobOf(await Subscriber.PullAsync(TimeSpan.Zero, None)));
    }

    [Fact]
    public async Task Publish_Nothing_DeliversNothing()
    {
        await PublishAsync();

        await AssertEmptyAsync();
    }

    [Fact]
    public async Task Publish_Twice_DeliversAtLeastOnce()
    {
        await PublishAsync(1);
        await PublishAsync(1);

        Assert.Equal(1, await TakeAsync());
    }

    [Fact]
    public async Task Acknowledge_InTime_IsNotDeliveredAgain()
    {
        await PublishAsync(1);
        var delivery = await Subscriber.PullAsync(Patience, None);

        await delivery!.AcknowledgeAsync(None);
        await PassAsync(AcknowledgementDeadline);

        await AssertEmptyAsync();
    }

    [Fact]
    public async Task Pull_Unsettled_ComesAgainAfterTheDeadlineOnly()
    {
        await PublishAsync(1);
        await Subscriber.PullAsync(Patience, None);

        await PassAsync(AcknowledgementDeadline - Precision);
        Assert.Null(await Subscriber.PullAsync(TimeSpan.Zero, None));

        await PassAsync(Precision);
        Assert.Equal(1, JobOf(await Subscriber.PullAsync(TimeSpan.Zero, None)));
    }

    [Fact]
    public async Task Pull_UnsettledWhileItWaits_IsWokenByTheDeadline()
    {
        await PublishAsync(1);
        await Subscriber.PullAsync(Patience, None);
        var pull = Subscriber.PullAsync(2 * AcknowledgementDeadline, None);

        await PassAsync(AcknowledgementDeadline);

        Assert.Equal(1, JobOf(await pull));
    }

    [Fact]
    public async Task Pull_NeverSettled_ComesAgainAndAgain()
    {
        await PublishAsync(1);

        for (var time = 0; time < 5; time++)
        {
            // A broker may rest a little longer before every repeat.
            Assert.Equal(1, JobOf(await Subscriber.PullAsync(Patience, None)));
            await PassAsync(AcknowledgementDeadline);
        }
    }

    [Fact]
    public async Task Release_InTime_ComesAgainAtOnce()
    {
        await PublishAsync(1);
        var delivery = await Subscriber.PullAsync(Patience, None);
        var pull = Subscriber.PullAsync(Patience, None);

        await delivery!.ReleaseAsync(None);

        Assert.Equal(1, JobOf(await pull));
        await AssertEmptyAsync();
    }

    [Fact]
    public async Task Settle_ASecondTime_ChangesNothing()
    {
        await PublishAsync(1);
        var delivery = await Subscriber.PullAsync(Patience, None);

        await delivery!.AcknowledgeAsync(None);
        await delivery.ReleaseAsync(None);
        await delivery.AcknowledgeAsync(None);

        await AssertEmptyAsync();
    }

    [Fact]
    public async Task Settle_TooLate_DoesNoHarm()
    {
        await PublishAsync(1);
        var late = await Subscriber.PullAsync(Patience, None);
        await PassAsync(AcknowledgementDeadline);
        var again = await Subscriber.PullAsync(TimeSpan.Zero, None);

        await late!.ReleaseAsync(None);
        await late.AcknowledgeAsync(None);

        Assert.Equal(1, JobOf(again));
        await again!.ReleaseAsync(None);
        Assert.Equal(1, await TakeAsync());
    }

    [Fact]
    public async Task Pull_SeveralWait_ShareWithoutRepeats()
    {
        var pulls = Enumerable.Range(0, 4).Select(_ => Subscriber.PullAsync(Patience, None)).ToArray();

        await PublishAsync(1, 2, 3, 4);

        var deliveries = await Task.WhenAll(pulls);
        Assert.Equal([1, 2, 3, 4], deliveries.Select(JobOf).Order());
    }

    [Fact]
    public async Task Pull_ManyAtOnce_SettleEveryNotificationOnce()
    {
        var taken = new System.Collections.Concurrent.ConcurrentBag<int>();
        await PublishAsync([.. Enumerable.Range(1, 200)]);

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(
            async () =>
            {
                while (await Subscriber.PullAsync(TimeSpan.Zero, None) is { } delivery)
                {
                    taken.Add(JobOf(delivery));
                    await delivery.AcknowledgeAsync(None);
                }
            },
            None)));

        Assert.Equal(Enumerable.Range(1, 200), taken.Order());
    }

    [Fact]
    public async Task Pull_CancelledWhileItWaits_GivesUpAndLosesNothing()
    {
        using var cancellation = new CancellationTokenSource();
        var pull = Subscriber.PullAsync(Patience, cancellation.Token);

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => pull);
        await PublishAsync(1);
        Assert.Equal(1, await TakeAsync());
    }

    [Fact]
    public async Task AnyCall_CancelledBefore_ThrowsAndChangesNothing()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();
        await PublishAsync(1);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Publisher.PublishAsync([Notification(2)], cancelled.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Subscriber.PullAsync(Patience, cancelled.Token));

        Assert.Equal(1, await TakeAsync());
        await AssertEmptyAsync();
    }

    private static JobNotification Notification(int job) => new(new JobId(new SweepId("s"), job));

    private static int JobOf(IJobDelivery? delivery)
    {
        Assert.NotNull(delivery);
        return delivery.Notification.Job.Number;
    }

    private Task PublishAsync(params int[] jobs) => Publisher.PublishAsync([.. jobs.Select(Notification)], None);

    private async Task<int> TakeAsync()
    {
        // A pull that gave up may have been handed the notification at that moment: it comes again after its deadline.
        var delivery = await Subscriber.PullAsync(Patience + AcknowledgementDeadline, None);
        var job = JobOf(delivery);
        await delivery!.AcknowledgeAsync(None);
        return job;
    }

    private async Task AssertEmptyAsync() => Assert.Null(await Subscriber.PullAsync(TimeSpan.Zero, None));
}
