using CloudSweep.GoogleCloud.PubSub;
using Google.Cloud.PubSub.V1;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.Logging.Abstractions;

namespace CloudSweep.GoogleCloud.Tests.PubSub;

public sealed class PubSubJobSubscriberTests
{
    private readonly ScriptedService _service = new();
    private readonly HurriedTime _time = new();
    private readonly PubSubState _state;

    public PubSubJobSubscriberTests() => _state = new PubSubState(_time);

    private static CancellationToken None => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pull_NoPatience_AsksOnceForOne()
    {
        var delivery = await Subscriber(Targets.Google).PullAsync(TimeSpan.Zero, None);

        Assert.Null(delivery);
        var sent = Assert.Single(_service.Sent);
        Assert.Equal(1, ((PullRequest)sent.Request).MaxMessages);
        Assert.Equal(TimeSpan.FromSeconds(1), sent.Deadline - _time.GetUtcNow().UtcDateTime);
    }

    [Fact]
    public async Task Pull_LongPatience_AsksSeveralTimesEachForLessThanHalfAMinute()
    {
        _service.Answer("Pull", [.. Enumerable.Repeat<Func<object>>(NothingAtTheDeadline, 100)]);
        var started = _time.GetUtcNow();

        Assert.Null(await Subscriber(Targets.Google).PullAsync(TimeSpan.FromSeconds(100), None));

        Assert.InRange(_time.GetUtcNow() - started, TimeSpan.FromSeconds(100), TimeSpan.FromSeconds(125));
        Assert.InRange(_service.Sent.Count, 4, 6);

        PullResponse NothingAtTheDeadline()
        {
            var wait = _service.Sent[^1].Deadline!.Value - _time.GetUtcNow().UtcDateTime;
            Assert.InRange(wait, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(25));
            _time.Advance(wait);
            throw new RpcException(new Status(StatusCode.DeadlineExceeded, ""));
        }
    }

    [Fact]
    public async Task Pull_ServiceSaysNothingAtOnce_AsksAtMostOnceASecond()
    {
        Assert.Null(await Subscriber(Targets.Google).PullAsync(TimeSpan.FromSeconds(10), None));

        Assert.InRange(_service.Sent.Count, 10, 11);
    }

    [Fact]
    public async Task Pull_DeadlineExceeded_IsNothingAndHealthy()
    {
        _service.Fail("Pull", StatusCode.DeadlineExceeded);

        Assert.Null(await Subscriber(Targets.Google).PullAsync(TimeSpan.Zero, None));

        Assert.Equal(new PubSubStanding(_time.GetUtcNow(), 0, null), _state.Current);
    }

    [Fact]
    public async Task Pull_MessageOfSomebodyElse_IsAcknowledgedAndTheNextIsDelivered()
    {
        _service.Answer(
            "Pull",
            () => Notifications.Pulled(new PubsubMessage { Data = ByteString.CopyFromUtf8("hello") }, "poison-1"),
            () => Notifications.Pulled(new PubsubMessage { Attributes = { ["job"] = "no number" } }, "poison-2"),
            () => Notifications.Pulled(7));

        var delivery = await Subscriber(Targets.Google).PullAsync(TimeSpan.Zero, None);

        Assert.Equal(Notifications.Of(7), delivery!.Notification);
        Assert.Equal(["Pull", "Acknowledge", "Pull", "Acknowledge", "Pull"], _service.Methods);
        Assert.Equal(["poison-1", "poison-2"], _service.Sent.Select(call => call.Request).OfType<AcknowledgeRequest>().Select(request => Assert.Single(request.AckIds)));
    }

    [Fact]
    public async Task Pull_NothingButMessagesOfSomebodyElse_ComesToAnEnd()
    {
        _service.Answer("Pull", [.. Enumerable.Repeat<Func<object>>(() => Notifications.Pulled(new PubsubMessage()), 1000)]);

        Assert.Null(await Subscriber(Targets.Google).PullAsync(TimeSpan.FromSeconds(10), None));

        Assert.Equal(100, _service.Methods.Count(method => method == "Acknowledge"));
    }

    [Fact]
    public async Task Pull_PoisonCanNotBeAcknowledged_DeliversTheNext()
    {
        _service.Answer("Pull", () => Notifications.Pulled(new PubsubMessage()), () => Notifications.Pulled(7)).Fail("Acknowledge", StatusCode.PermissionDenied);

        Assert.NotNull(await Subscriber(Targets.Google).PullAsync(TimeSpan.Zero, None));
    }

    [Fact]
    public async Task Pull_DeliveredTenTimes_DeliversTenTimesEachSettledByItself()
    {
        _service.Answer("Pull", [.. Enumerable.Range(0, 10).Select<int, Func<object>>(time => () => Notifications.Pulled(1, $"ack-{time}"))]);
        var subscriber = Subscriber(Targets.Google);

        for (var time = 0; time < 10; time++)
        {
            var delivery = await subscriber.PullAsync(TimeSpan.Zero, None);
            Assert.Equal(Notifications.Of(1), delivery!.Notification);
            await delivery.AcknowledgeAsync(None);
        }

        Assert.Equal(
            Enumerable.Range(0, 10).Select(time => $"ack-{time}"),
            _service.Sent.Select(call => call.Request).OfType<AcknowledgeRequest>().Select(request => Assert.Single(request.AckIds)));
    }

    [Fact]
    public async Task Pull_EmulatorHasNoSubscription_CreatesBothAndPulls()
    {
        _service.Fail("Pull", StatusCode.NotFound).Answer("Pull", () => Notifications.Pulled(1));

        var delivery = await Subscriber(Targets.Emulator).PullAsync(TimeSpan.Zero, None);

        Assert.NotNull(delivery);
        Assert.Equal(["Pull", "CreateTopic", "CreateSubscription", "Pull"], _service.Methods);
    }

    [Theory]
    [InlineData(StatusCode.NotFound, "cloudsweep doctor --fix", false)]
    [InlineData(StatusCode.PermissionDenied, "roles/pubsub.subscriber", false)]
    [InlineData(StatusCode.Unauthenticated, "credentials", false)]
    [InlineData(StatusCode.Unavailable, "tried again", true)]
    public async Task Pull_Refused_TellsTheWayOutAndTheStateKeepsIt(StatusCode status, string wayOut, bool isTransient)
    {
        _service.Fail("Pull", status, times: 9);

        var exception = await Assert.ThrowsAsync<PubSubException>(() => Subscriber(Targets.Google).PullAsync(TimeSpan.FromSeconds(60), None));

        Assert.Equal(isTransient, exception.IsTransient);
        Assert.Contains(Targets.Subscription, exception.Message, StringComparison.Ordinal);
        Assert.Contains(wayOut, exception.Message, StringComparison.Ordinal);
        Assert.Equal(new PubSubStanding(null, 1, exception.Message), _state.Current);
    }

    [Fact]
    public async Task Settle_ServiceIsAwayForAMoment_IsSentAgain()
    {
        _service.Answer("Pull", () => Notifications.Pulled(1)).Fail("ModifyAckDeadline", StatusCode.Unavailable, times: 2);
        var delivery = await Subscriber(Targets.Google).PullAsync(TimeSpan.Zero, None);

        await delivery!.ReleaseAsync(None);

        Assert.Equal(["Pull", "ModifyAckDeadline", "ModifyAckDeadline", "ModifyAckDeadline"], _service.Methods);
        Assert.Equal(0, ((ModifyAckDeadlineRequest)_service.Sent[^1].Request).AckDeadlineSeconds);
    }

    private PubSubJobSubscriber Subscriber(PubSubTarget target) => new(
        new PubSubCalls(_service, authorization: null, _time), target, Targets.Subscription, _state, _time, NullLogger<PubSubJobSubscriber>.Instance);
}
