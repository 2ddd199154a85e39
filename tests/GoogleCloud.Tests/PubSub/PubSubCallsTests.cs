using CloudSweep.GoogleCloud.Credentials;
using CloudSweep.GoogleCloud.PubSub;
using Google.Apis.Auth.OAuth2;
using Google.Cloud.Iam.V1;
using Google.Cloud.PubSub.V1;
using Grpc.Core;

namespace CloudSweep.GoogleCloud.Tests.PubSub;

public sealed class PubSubCallsTests
{
    private readonly ScriptedService _service = new();
    private readonly HurriedTime _time = new();

    private static CancellationToken None => TestContext.Current.CancellationToken;

    private PubSubCalls Calls => new(_service, authorization: null, _time);

    [Theory]
    [InlineData("Publish", StatusCode.Aborted, StatusCode.Cancelled, StatusCode.Internal, StatusCode.ResourceExhausted, StatusCode.Unknown, StatusCode.Unavailable, StatusCode.DeadlineExceeded)]
    [InlineData("Pull", StatusCode.Unknown, StatusCode.Aborted, StatusCode.Unavailable, StatusCode.Internal)]
    [InlineData("Acknowledge", StatusCode.Unavailable)]
    [InlineData("ModifyAckDeadline", StatusCode.Unavailable)]
    [InlineData("CreateTopic", StatusCode.Unavailable)]
    [InlineData("CreateSubscription", StatusCode.Unknown, StatusCode.Aborted, StatusCode.Unavailable)]
    [InlineData("GetTopic", StatusCode.Unknown, StatusCode.Aborted, StatusCode.Unavailable)]
    [InlineData("GetSubscription", StatusCode.Unknown, StatusCode.Aborted, StatusCode.Unavailable)]
    public async Task Call_EachStatus_IsTriedAgainAsGooglesClientsDo(string method, params StatusCode[] repeated)
    {
        foreach (var status in Enum.GetValues<StatusCode>().Where(status => status != StatusCode.OK))
        {
            var service = new ScriptedService().Fail(method, status, times: 9);

            var exception = await Assert.ThrowsAsync<RpcException>(() => SendAsync(new PubSubCalls(service, authorization: null, _time), method));

            Assert.Equal(status, exception.StatusCode);
            Assert.Equal((status, repeated.Contains(status) ? PubSubRetries.Attempts : 1), (status, service.Sent.Count));
        }
    }

    [Fact]
    public async Task Call_AnswersAtLast_PausesLongerAndLongerAndSendsTheSame()
    {
        _service.Fail("Publish", StatusCode.Unavailable, times: 4);

        await SendAsync(Calls, "Publish");

        Assert.Equal(5, _service.Sent.Count);
        Assert.Equal(4, _time.Waits.Count);
        Assert.All(_time.Waits, wait => Assert.InRange(wait, TimeSpan.Zero, TimeSpan.FromSeconds(5)));
        Assert.Single(_service.Sent.Select(call => call.Request).Distinct());
    }

    [Theory]
    [InlineData("Publish", "topic=projects%2Fp1%2Ftopics%2Fjobs")]
    [InlineData("GetTopic", "topic=projects%2Fp1%2Ftopics%2Fjobs")]
    [InlineData("CreateTopic", "name=projects%2Fp1%2Ftopics%2Fjobs")]
    [InlineData("CreateSubscription", "name=projects%2Fp1%2Fsubscriptions%2Fworkers")]
    [InlineData("GetSubscription", "subscription=projects%2Fp1%2Fsubscriptions%2Fworkers")]
    [InlineData("Pull", "subscription=projects%2Fp1%2Fsubscriptions%2Fworkers")]
    [InlineData("Acknowledge", "subscription=projects%2Fp1%2Fsubscriptions%2Fworkers")]
    [InlineData("ModifyAckDeadline", "subscription=projects%2Fp1%2Fsubscriptions%2Fworkers")]
    [InlineData("TestIamPermissions", "resource=projects%2Fp1%2Ftopics%2Fjobs")]
    public async Task Call_Any_CarriesItsRouteAndADeadline(string method, string route)
    {
        await SendAsync(Calls, method);

        var sent = Assert.Single(_service.Sent);
        Assert.Equal(method, sent.Method);
        Assert.Equal(route, sent.Header(PubSubCalls.RoutingHeader));
        Assert.InRange(sent.Deadline!.Value - _time.GetUtcNow().UtcDateTime, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));
        Assert.Null(sent.Header("authorization"));
    }

    [Fact]
    public async Task Call_TriedAgain_HasAWholeDeadlineAgain()
    {
        _service.Fail("Pull", StatusCode.Unavailable);

        await SendAsync(Calls, "Pull");

        Assert.Equal(_service.Sent[0].Deadline + _time.Waits[0], _service.Sent[1].Deadline);
    }

    [Fact]
    public async Task Call_CancelledWhileItIsSent_IsACancellation()
    {
        using var cancellation = new CancellationTokenSource();
        _service.Answer("Pull", () =>
        {
            cancellation.Cancel();
            throw new RpcException(new Status(StatusCode.Cancelled, "by the caller"));
        });

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Calls.PullAsync(new PullRequest { Subscription = Targets.Subscription }, TimeSpan.FromSeconds(5), cancellation.Token));

        Assert.Single(_service.Sent);
    }

    [Fact]
    public async Task Call_OfGoogle_CarriesTokenAndPayer()
    {
        await SendAsync(new PubSubCalls(_service, Authorization(), _time), "Publish");

        var sent = Assert.Single(_service.Sent);
        Assert.Equal("Bearer token-1", sent.Header("authorization"));
        Assert.Equal("payer", sent.Header("x-goog-user-project"));
    }

    [Fact]
    public async Task Call_TokenNotAccepted_IsTriedOnceWithAnother()
    {
        _service.Fail("Publish", StatusCode.Unauthenticated, times: 9);

        await Assert.ThrowsAsync<RpcException>(() => SendAsync(new PubSubCalls(_service, Authorization(), _time), "Publish"));

        Assert.Equal(2, _service.Sent.Count);
        Assert.All(_service.Sent, call => Assert.Single(call.Headers, header => header.Key == "authorization"));
    }

    private static PubSubAuthorization Authorization() =>
        new(new AccessTokens(new ApplicationDefaultCredentials(_ => Task.FromResult(GoogleCredential.FromAccessToken("token-1").CreateWithQuotaProject("payer")))));

    private static Task SendAsync(PubSubCalls calls, string method) => method switch
    {
        "Publish" => calls.PublishAsync(new PublishRequest { Topic = Targets.Topic }, None),
        "Pull" => calls.PullAsync(new PullRequest { Subscription = Targets.Subscription }, TimeSpan.FromSeconds(5), None),
        "Acknowledge" => calls.AcknowledgeAsync(new AcknowledgeRequest { Subscription = Targets.Subscription }, None),
        "ModifyAckDeadline" => calls.ModifyAckDeadlineAsync(new ModifyAckDeadlineRequest { Subscription = Targets.Subscription }, None),
        "CreateTopic" => calls.CreateTopicAsync(new Topic { Name = Targets.Topic }, None),
        "CreateSubscription" => calls.CreateSubscriptionAsync(new Subscription { Name = Targets.Subscription }, None),
        "GetTopic" => calls.GetTopicAsync(Targets.Topic, None),
        "GetSubscription" => calls.GetSubscriptionAsync(Targets.Subscription, None),
        "TestIamPermissions" => calls.TestPermissionsAsync(new TestIamPermissionsRequest { Resource = Targets.Topic }, None),
        _ => throw new ArgumentOutOfRangeException(nameof(method)),
    };
}
