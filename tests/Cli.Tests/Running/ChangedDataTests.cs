using CloudSweep.Protos.V1;

namespace CloudSweep.Cli.Tests.Running;

/// <summary>Data that is other data than before, between runs and in the middle of one.</summary>
public sealed class ChangedDataTests : IDisposable
{
    private readonly EmbeddedSweeps _sweeps = new();

    public void Dispose() => _sweeps.Dispose();

    [Fact]
    public async Task Run_ShardWasRewritten_SaysThatTheDataChangedAndMakesANewSweep()
    {
        var first = await _sweeps.RunAsync("first", "--output", "json");
        _sweeps.WriteShard("b", slope: 11);

        var second = await _sweeps.RunAsync("first");

        Assert.Equal((0, 0), (first.ExitCode, second.ExitCode));
        Assert.Matches("^The data changed since first-[0-9a-f]{8} \\(b changed\\), so this is a new sweep: started first-[0-9a-f]{8}\\.\n", second.Errors);
    }

    [Fact]
    public async Task Sweep_ShardVanishes_PausesNamingItAndGoesOnOnceItIsBack()
    {
        var shards = await _sweeps.FindShardsAsync();
        File.Move(_sweeps.ShardPath("b"), _sweeps["aside"]);
        string sweep;
        await using (var host = await _sweeps.StartAsync())
        {
            sweep = (await _sweeps.SubmitAsync(host, "first", shards)).Id;
            await host.StartWorkerAsync(sweep);
            var paused = await EmbeddedSweeps.FollowAsync(host, sweep);
            Assert.Equal(SweepState.Paused, paused.State);
            Assert.StartsWith("part-b.csv is gone;", paused.Reason, StringComparison.Ordinal);
        }

        File.Move(_sweeps["aside"], _sweeps.ShardPath("b"));
        var again = await _sweeps.RunAsync("first");

        Assert.Equal(0, again.ExitCode);
        Assert.StartsWith($"Going on with {sweep}.", again.Errors, StringComparison.Ordinal);
        Assert.Contains($"{sweep}", again.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_ShardChangesMeanwhile_SaysWhatToDoAndEndsWithOne()
    {
        using var run = CloudSweepProcess.Start(_sweeps.Root, "run", "first.yaml", "--state", "state");
        var ending = run.WaitAsync();
        for (var time = new DateTime(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc); !ending.IsCompleted; time = time.AddSeconds(1))
        {
            File.SetLastWriteTimeUtc(_sweeps.ShardPath("a"), time);
            await Task.Yield();
        }

        var result = await ending;
        Assert.Equal(1, result.ExitCode);
        Assert.Matches("error: first-[0-9a-f]{8} is paused: part-a.csv changed since the sweep was made;", result.Errors);
        Assert.EndsWith("With the data as it was, the same command goes on; with other data it makes a new sweep.\n", result.Errors, StringComparison.Ordinal);
    }
}
