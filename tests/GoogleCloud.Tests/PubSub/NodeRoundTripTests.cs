using System.Text.Json;
using CloudSweep.TestSupport.PubSub;

[assembly: AssemblyFixture(typeof(CloudSweep.GoogleCloud.Tests.PubSub.NodeClient))]

namespace CloudSweep.GoogleCloud.Tests.PubSub;

/// <summary>Our side against Google's own client, through Google's emulator.</summary>
[Trait("Category", "Emulator")]
public sealed class NodeRoundTripTests(PubSubEmulator emulator, NodeClient node)
{
    private static CancellationToken None => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Pull_PublishedByNode_Delivers()
    {
        using var queue = await CreateAsync();

        await node.RunAsync(await emulator.RequireAsync(), "publish.mjs", queue.Target.Topic!, Notifications.Of(7).Job.ToString());

        var delivery = await queue.Subscriber.PullAsync(TimeSpan.FromSeconds(20), None);
        Assert.Equal(Notifications.Of(7), delivery?.Notification);
    }

    [Fact]
    public async Task Publish_ReceivedByNode_HasTheJob()
    {
        using var queue = await CreateAsync();

        await queue.Publisher.PublishAsync([Notifications.Of(7)], None);

        var printed = await node.RunAsync(await emulator.RequireAsync(), "receive.mjs", queue.Target.Subscription!);
        var attributes = JsonSerializer.Deserialize<Dictionary<string, string>>(printed)!;
        Assert.Equal(Notifications.Of(7).Job.ToString(), attributes["job"]);
        Assert.Null(await queue.Subscriber.PullAsync(TimeSpan.Zero, None));
    }

    private async Task<EmulatorQueue> CreateAsync()
    {
        var queue = await EmulatorQueue.OpenAsync(emulator, TimeSpan.FromSeconds(60));
        await queue.CreateAsync(None);
        return queue;
    }
}
