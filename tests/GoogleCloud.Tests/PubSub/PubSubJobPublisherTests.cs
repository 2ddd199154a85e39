using CloudSweep.GoogleCloud.Credentials;
using CloudSweep.GoogleCloud.PubSub;
using Google.Cloud.PubSub.V1;
using Grpc.Core;
using Microsoft.Extensions.Logging.Abstractions;

namespace CloudSweep.GoogleCloud.Tests.PubSub;

public sealed class PubSubJobPublisherTests
{
    private readonly ScriptedService _service = new();
    private readonly HurriedTime _time = new();
    private readonly PubSubState _state;

    public PubSubJobPublisherTests() => _state = new PubSubState(_time);

    private static CancellationToken None => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Publish_Some_SendsOneRequestWithTheJobsInOrder()
    {
        await Publisher(Targets.Google).PublishAsync([.. Enumerable.Range(1, 3).Select(Notifications.Of)], None);

        var request = Assert.IsType<PublishRequest>(Assert.Single(_service.Sent).Request);
        Assert.Equal(Targets.Topic, request.Topic);
        Assert.Equal(["digits-3f9a12c4/1", "digits-3f9a12c4/2", "digits-3f9a12c4/3"], request.Messages.Select(message => message.Attributes["job"]));
    }

    [Fact]
    public async Task Publish_MoreThanARequestHolds_SendsSeveral()
    {
        await Publisher(Targets.Google).PublishAsync([.. Enumerable.Range(1, 2001).Select(Notifications.Of)], None);

        Assert.Equal([1000, 1000, 1], _service.Sent.Select(call => ((PublishRequest)call.Request).Messages.Count));
    }

    [Fact]
    public async Task Publish_EmulatorHasNoTopic_CreatesBothAndPublishes()
    {
        _service.Fail("Publish", StatusCode.NotFound);

        await Publisher(Targets.Emulator).PublishAsync([Notifications.Of(1)], None);

        Assert.Equal(["Publish", "CreateTopic", "CreateSubscription", "Publish"], _service.Methods);
        var created = (Subscription)_service.Sent[2].Request;
        Assert.Equal((Targets.Subscription, Targets.Topic, 60), (created.Name, created.Topic, created.AckDeadlineSeconds));
        Assert.Null(created.ExpirationPolicy.Ttl);
        Assert.InRange(created.MessageRetentionDuration.ToTimeSpan(), TimeSpan.FromMinutes(10), TimeSpan.FromDays(7));
    }

    [Fact]
    public async Task Publish_AnotherProcessCreatesAtTheSameTime_Publishes()
    {
        _service.Fail("Publish", StatusCode.NotFound).Fail("CreateTopic", StatusCode.AlreadyExists).Fail("CreateSubscription", StatusCode.AlreadyExists);

        await Publisher(Targets.Emulator).PublishAsync([Notifications.Of(1)], None);

        Assert.Equal("Publish", _service.Methods.Last());
    }

    [Fact]
    public async Task Publish_GoogleHasNoTopic_TellsTheWayOutAndCreatesNothing()
    {
        _service.Fail("Publish", StatusCode.NotFound);

        var exception = await Assert.ThrowsAsync<PubSubException>(() => Publisher(Targets.Google).PublishAsync([Notifications.Of(1)], None));

        Assert.False(exception.IsTransient);
        Assert.Contains(Targets.Topic, exception.Message, StringComparison.Ordinal);
        Assert.Contains("cloudsweep doctor --fix", exception.Message, StringComparison.Ordinal);
        Assert.Equal(["Publish"], _service.Methods);
    }

    [Fact]
    public async Task Publish_ServiceIsAway_ThrowsATransientErrorThatTheStateKeepsUntilItAnswers()
    {
        _service.Fail("Publish", StatusCode.Unavailable, PubSubRetries.Attempts);
        var publisher = Publisher(Targets.Google);

        var exception = await Assert.ThrowsAsync<PubSubException>(() => publisher.PublishAsync([Notifications.Of(1)], None));

        Assert.True(exception.IsTransient);
        Assert.Equal(new PubSubStanding(null, 1, exception.Message), _state.Current);
        await publisher.PublishAsync([Notifications.Of(1)], None);
        Assert.Equal(new PubSubStanding(_time.GetUtcNow(), 0, null), _state.Current);
    }

    [Fact]
    public async Task Publish_NoCredentials_TellsSoAndSendsNothing()
    {
        var nobody = new AccessTokens(new ApplicationDefaultCredentials(_ => throw new InvalidOperationException("none")));
        var publisher = new PubSubJobPublisher(
            new PubSubCalls(_service, new PubSubAuthorization(nobody), _time), Targets.Google, Targets.Topic, _state, NullLogger<PubSubJobPublisher>.Instance);

        var exception = await Assert.ThrowsAsync<CredentialsException>(() => publisher.PublishAsync([Notifications.Of(1)], None));

        Assert.Empty(_service.Sent);
        Assert.Equal(exception.Message, _state.Current.LastError);
    }

    private PubSubJobPublisher Publisher(PubSubTarget target) =>
        new(new PubSubCalls(_service, authorization: null, _time), target, Targets.Topic, _state, NullLogger<PubSubJobPublisher>.Instance);
}
