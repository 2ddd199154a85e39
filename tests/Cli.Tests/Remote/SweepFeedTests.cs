using CloudSweep.Cli.Remote;
using CloudSweep.Protos.V1;
using Grpc.Core;
using Microsoft.Extensions.Time.Testing;

namespace CloudSweep.Cli.Tests.Remote;

/// <summary>A watch outlives the Coordinator.</summary>
public sealed class SweepFeedTests
{
    private static readonly SweepProgress Running = SomeSweeps.Of("a-0000000b");
    private static readonly SweepProgress Completed = SomeSweeps.Of("a-0000000b", SweepState.Completed);

    private readonly List<string> _said = [];

    [Fact]
    public async Task Follow_NothingBreaks_EndsWithTheSweepAndSaysNothing()
    {
        Assert.Equal([Running, Completed], await FollowAsync(([Running, Completed], StatusCode.OK)));
        Assert.Empty(_said);
    }

    [Fact]
    public async Task Follow_CoordinatorGoesAndComesBack_SaysBothAndGoesOn()
    {
        var seen = await FollowAsync(([Running], StatusCode.Unavailable), ([], StatusCode.Unavailable), ([], StatusCode.Cancelled), ([Running, Completed], StatusCode.OK));

        Assert.Equal([Running, Running, Completed], seen);
        Assert.Equal(
            [
                "The Coordinator at unix:/here does not answer; asking again until it does. Ctrl-C ends this, not the sweep.",
                "The Coordinator at unix:/here answers again.",
            ],
            _said);
    }

    [Fact]
    public async Task Follow_StreamEndsBeforeTheSweep_AsksAgain() =>
        Assert.Equal([Running, Completed], await FollowAsync(([Running], StatusCode.OK), ([Completed], StatusCode.OK)));

    [Fact]
    public async Task Follow_PausedSweep_EndsThere()
    {
        var paused = SomeSweeps.Of("a-0000000b", SweepState.Paused);

        Assert.Equal([paused], await FollowAsync(([paused, Running], StatusCode.OK)));
    }

    [Fact]
    public async Task Follow_CoordinatorRefuses_Throws() =>
        Assert.Equal(StatusCode.NotFound, (await Assert.ThrowsAsync<RpcException>(() => FollowAsync(([], StatusCode.NotFound)))).StatusCode);

    private async Task<IReadOnlyList<SweepProgress>> FollowAsync(params (SweepProgress[] Progress, StatusCode End)[] watches)
    {
        var time = new FakeTimeProvider { AutoAdvanceAmount = TimeSpan.FromSeconds(1) };
        var feed = new SweepFeed(new ScriptedSweeps(watches), "unix:/here", time, _said.Add);
        var following = feed.FollowAsync("a-0000000b", TestContext.Current.CancellationToken).ToListAsync(TestContext.Current.CancellationToken).AsTask();
        while (!following.IsCompleted)
        {
            time.Advance(TimeSpan.FromSeconds(20));
            await Task.Yield();
        }

        return await following;
    }
}
