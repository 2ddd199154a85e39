using CloudSweep.Core.Domain;
using CloudSweep.Core.Ports.Objects;
using CloudSweep.Protos.V1;
using CloudSweep.Worker.Execution;

namespace CloudSweep.Worker.Tests.Execution;

public sealed class ProfileAttemptTests : IDisposable
{
    private readonly WorkerParts _parts = new();

    public void Dispose() => _parts.Dispose();

    [Fact]
    public async Task Run_TwoShards_ReportsAProfileOfEach()
    {
        var end = await _parts.RunAsync(Some.Profiling("a", "b"));

        var reports = _parts.Coordinator.CallsOf<ReportProgressRequest>();
        Assert.IsType<AttemptEnd.Finished>(end);
        Assert.Equal(["a", "b"], reports.SelectMany(report => report.ShardProfiles).Select(profile => profile.ShardKey).Order());
        Assert.Equal(CanonicalJson.Write(Some.ShardProfile("a")), reports.SelectMany(report => report.ShardProfiles).Single(profile => profile.ShardKey == "a").ProfileJson);
        Assert.Equal(20, reports[^1].Counters.TextRows);
    }

    [Fact]
    public async Task Run_OneShardIsSlow_TheOtherIsReportedMeanwhile()
    {
        var slow = new TaskCompletionSource();
        _parts.Data.OnProfile = async (shard, cancellationToken) =>
        {
            await (shard.Key == "a" ? slow.Task.WaitAsync(cancellationToken) : Task.CompletedTask);
            return Some.ShardProfile(shard.Key);
        };

        var running = _parts.RunAsync(Some.Profiling("a", "b"));
        var first = await _parts.Coordinator.WaitForAsync<ReportProgressRequest>(1);
        slow.SetResult();
        await running;

        Assert.Equal(["b"], first[0].ShardProfiles.Select(profile => profile.ShardKey));
    }

    [Fact]
    public async Task Run_WorkerStops_ReleasesWithWhatIsDone()
    {
        var begun = new TaskCompletionSource();
        _parts.Data.OnProfile = async (shard, cancellationToken) =>
        {
            if (shard.Key == "a")
            {
                begun.SetResult();
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
            }

            return Some.ShardProfile(shard.Key);
        };
        var running = _parts.RunAsync(Some.Profiling("a", "b"));
        await begun.Task;
        await _parts.Coordinator.WaitForAsync<ReportProgressRequest>(1);

        await _parts.StopAsync();

        Assert.Equal(new AttemptEnd.Released(StopReasons.ShuttingDown), await running);
    }

    [Fact]
    public async Task Run_ChangedShard_SaysThatTheDataChanged()
    {
        _parts.Data.OnProfile = (shard, _) => Task.FromException<ShardProfile>(new DataChangedException($"Shard {shard.Key} changed."));

        var end = await _parts.RunAsync(Some.Profiling("a"));

        Assert.Equal(new Worker.Execution.Coordination.AttemptFailure("Shard a changed.", Permanent: false, DataChanged: true), Assert.IsType<AttemptEnd.Failed>(end).Failure);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Run_StoreFails_IsTriedAgainIfThatMayHelp(bool isTransient)
    {
        _parts.Data.OnProfile = (_, _) => Task.FromException<ShardProfile>(new StorageException("gs://bucket/a: 503.", isTransient));

        var end = await _parts.RunAsync(Some.Profiling("a"));

        Assert.Equal(new Worker.Execution.Coordination.AttemptFailure("gs://bucket/a: 503.", Permanent: !isTransient), Assert.IsType<AttemptEnd.Failed>(end).Failure);
    }
}
