using CloudSweep.Protos.V1;

namespace CloudSweep.Cli.Tests.Running;

/// <summary>A run works on the sweep that was asked for; others in its folder wait for a run of their own.</summary>
public sealed class SweepChoiceTests : IDisposable
{
    private readonly EmbeddedSweeps _sweeps = new();

    public void Dispose() => _sweeps.Dispose();

    [Fact]
    public async Task Worker_OlderSweepIsOpen_TrainsTheAskedOneOnly()
    {
        var shards = await _sweeps.FindShardsAsync();
        await using var host = await _sweeps.StartAsync();
        var older = await _sweeps.SubmitAsync(host, "first", shards);
        var asked = await _sweeps.SubmitAsync(host, "second", shards);

        await host.StartWorkerAsync(asked.Id);

        Assert.Equal(SweepState.Completed, (await EmbeddedSweeps.FollowAsync(host, asked.Id)).State);
        var left = await EmbeddedSweeps.ProgressAsync(host, older.Id);
        Assert.Equal((SweepState.Preparing, 0), (left.State, left.ShardsProfiled));
    }

    [Fact]
    public async Task Run_OlderSweepIsOpen_SaysSoAndItsOwnRunGoesOnWithIt()
    {
        var older = await LeaveOpenAsync("first");

        var asked = await _sweeps.RunAsync("second");
        var own = await _sweeps.RunAsync("first");

        Assert.Equal(0, asked.ExitCode);
        Assert.Contains($"Unfinished here, and waiting: {older}. Run its sweep file to go on with one; with --fresh to drop it.", asked.Errors, StringComparison.Ordinal);
        Assert.Equal(0, own.ExitCode);
        Assert.StartsWith($"Going on with {older}.", own.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("Unfinished here", own.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_FreshOverAnUnfinishedSweep_CancelsIt()
    {
        var older = await LeaveOpenAsync("first");

        var fresh = await _sweeps.RunAsync("first", "--fresh");

        Assert.Equal(0, fresh.ExitCode);
        Assert.StartsWith($"Cancelled {older}, which was unfinished.\nStarted first-", fresh.Errors, StringComparison.Ordinal);
        await using var host = await _sweeps.StartAsync();
        Assert.Equal(SweepState.Cancelled, (await EmbeddedSweeps.ProgressAsync(host, older)).State);
    }

    [Fact]
    public async Task Run_EditedSweepFile_StartsANewSweepBesideTheOldOne()
    {
        var older = await LeaveOpenAsync("first");
        _sweeps.WriteSweep("first", epochs: 3);

        var edited = await _sweeps.RunAsync("first");

        Assert.Equal(0, edited.ExitCode);
        Assert.StartsWith("Started first-", edited.Errors, StringComparison.Ordinal);
        Assert.Contains($"Unfinished here, and waiting: {older}.", edited.Errors, StringComparison.Ordinal);
    }

    /// <summary>A sweep that nobody worked on yet.</summary>
    private async Task<string> LeaveOpenAsync(string name)
    {
        await using var host = await _sweeps.StartAsync();
        return (await _sweeps.SubmitAsync(host, name, await _sweeps.FindShardsAsync())).Id;
    }
}
