using CloudSweep.GoogleCloud.PubSub;
using Google.Cloud.Iam.V1;
using Google.Cloud.PubSub.V1;
using Grpc.Core;

namespace CloudSweep.GoogleCloud.Tests.PubSub;

public sealed class PubSubAdministrationTests
{
    private readonly ScriptedService _service = new();

    private static CancellationToken None => TestContext.Current.CancellationToken;

    [Fact]
    public async Task CheckSubscription_AsItShouldBe_IsFit()
    {
        Assert.IsType<SubscriptionCheck.Fit>(await CheckAsync(new Subscription { Name = Targets.Subscription, Topic = Targets.Topic, AckDeadlineSeconds = 60 }));
    }

    [Fact]
    public async Task CheckSubscription_NotThere_IsAbsent()
    {
        _service.Fail("GetSubscription", StatusCode.NotFound);

        Assert.IsType<SubscriptionCheck.Absent>(await Administration(Targets.Google).CheckSubscriptionAsync(None));
    }

    [Fact]
    public async Task CheckSubscription_OtherTopicAndLongDeadline_TellsBothWithWaysOut()
    {
        var check = await CheckAsync(new Subscription { Name = Targets.Subscription, Topic = "_deleted-topic_", AckDeadlineSeconds = 600 });

        var problems = Assert.IsType<SubscriptionCheck.Unfit>(check).Problems;
        Assert.Equal(2, problems.Count);
        Assert.Contains("_deleted-topic_", problems[0], StringComparison.Ordinal);
        Assert.Contains("--ack-deadline=60", problems[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task CheckSubscription_Detached_IsUnfit()
    {
        Assert.IsType<SubscriptionCheck.Unfit>(
            await CheckAsync(new Subscription { Name = Targets.Subscription, Topic = Targets.Topic, AckDeadlineSeconds = 60, Detached = true }));
    }

    [Fact]
    public async Task TopicExists_NotFound_IsFalse()
    {
        _service.Fail("GetTopic", StatusCode.NotFound);

        Assert.False(await Administration(Targets.Google).TopicExistsAsync(None));
    }

    [Fact]
    public async Task Create_ThereAlready_DoesNothing()
    {
        _service.Fail("CreateTopic", StatusCode.AlreadyExists);

        await Administration(Targets.Google).CreateTopicAsync(None);

        Assert.Equal(["CreateTopic"], _service.Methods);
    }

    [Fact]
    public async Task Create_NotPermitted_TellsTheRole()
    {
        _service.Fail("CreateTopic", StatusCode.PermissionDenied);

        var exception = await Assert.ThrowsAsync<PubSubException>(() => Administration(Targets.Google).CreateTopicAsync(None));

        Assert.Contains(Targets.Topic, exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task May_Google_IsWhatItTells(bool may)
    {
        _service.Answer("TestIamPermissions", () => new TestIamPermissionsResponse { Permissions = { may ? ["pubsub.topics.publish"] : [] } });

        Assert.Equal(may, await Administration(Targets.Google).MayPublishAsync(None));

        var request = (TestIamPermissionsRequest)Assert.Single(_service.Sent).Request;
        Assert.Equal(Targets.Topic, request.Resource);
    }

    [Fact]
    public async Task May_Emulator_IsAlwaysTrue()
    {
        Assert.True(await Administration(Targets.Emulator).MayPullAsync(None));
        Assert.Empty(_service.Sent);
    }

    [Fact]
    public async Task Look_NoTopicConfigured_IsAMistakeOfTheCaller()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => Administration(Targets.Google with { Topic = null }).TopicExistsAsync(None));
    }

    private PubSubAdministration Administration(PubSubTarget target) => new(new PubSubCalls(_service, authorization: null, new HurriedTime()), target);

    private Task<SubscriptionCheck> CheckAsync(Subscription found)
    {
        _service.Answer("GetSubscription", () => found);
        return Administration(Targets.Google).CheckSubscriptionAsync(None);
    }
}
