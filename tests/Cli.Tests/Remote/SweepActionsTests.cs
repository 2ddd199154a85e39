using CloudSweep.Cli.Hosting;
using CloudSweep.Cli.Remote;
using CloudSweep.Cli.Tests.Running;
using CloudSweep.Protos.V1;
using Grpc.Core;

namespace CloudSweep.Cli.Tests.Remote;

/// <summary>Commands that do something to a sweep, against a Coordinator in this process: what is done again changes nothing.</summary>
public sealed class SweepActionsTests : IAsyncLifetime
{
    private readonly EmbeddedSweeps _sweeps = new();
    private EmbeddedHost _host = null!;
    private string _sweep = "";

    private static CancellationToken None => TestContext.Current.CancellationToken;

    private SweepActions Actions => new(_host.Sweeps);

    public async ValueTask InitializeAsync()
    {
        _host = await _sweeps.StartAsync();
        _sweep = (await _sweeps.SubmitAsync(_host, "first", await _sweeps.FindShardsAsync())).Id;
    }

    public async ValueTask DisposeAsync()
    {
        await _host.DisposeAsync();
        _sweeps.Dispose();
    }

    [Fact]
    public async Task Stop_Twice_CancelsOnce()
    {
        var stopped = await Actions.StopAsync(await ProgressAsync(), None);
        var again = await Actions.StopAsync(await ProgressAsync(), None);

        Assert.Equal((true, SweepState.Completed), (stopped.IsChanged, stopped.State));
        Assert.Equal([1, 2], stopped.Trials);
        Assert.Equal($"{_sweep}: stopped. 2 trials that had not begun were cancelled; it is complete.", stopped.Text);
        Assert.Equal((false, SweepState.Completed), (again.IsChanged, again.State));
        Assert.Empty(again.Trials);
    }

    [Fact]
    public async Task PauseAndResume_Twice_ChangeOnce()
    {
        var paused = await Actions.PauseAsync(await ProgressAsync(), "lunch", None);
        var pausedAgain = await Actions.PauseAsync(await ProgressAsync(), "dinner", None);
        var resumed = await Actions.ResumeAsync(await ProgressAsync(), None);
        var resumedAgain = await Actions.ResumeAsync(await ProgressAsync(), None);

        Assert.Equal((true, SweepState.Paused), (paused.IsChanged, paused.State));
        Assert.Equal((false, $"{_sweep}: was paused already: lunch"), (pausedAgain.IsChanged, pausedAgain.Text));
        Assert.Equal((true, SweepState.Preparing), (resumed.IsChanged, resumed.State));
        Assert.False(resumedAgain.IsChanged);
    }

    [Fact]
    public async Task Cancel_Twice_CancelsOnceAndNothingMoreIsPossible()
    {
        Assert.True((await Actions.CancelAsync(await ProgressAsync(), "enough", None)).IsChanged);

        Assert.False((await Actions.CancelAsync(await ProgressAsync(), "enough", None)).IsChanged);
        var progress = await ProgressAsync();
        Assert.Equal(StatusCode.FailedPrecondition, (await Assert.ThrowsAsync<RpcException>(() => Actions.ResumeAsync(progress, None))).StatusCode);
    }

    [Fact]
    public async Task Retry_NothingFailed_SaysSo()
    {
        var retried = await Actions.RetryAsync(await ProgressAsync(), [], None);

        Assert.Equal((false, $"{_sweep}: nothing to retry: no trial failed."), (retried.IsChanged, retried.Text));
    }

    [Fact]
    public async Task Extend_Twice_AddsOnceAndEverythingIsTrained()
    {
        var extended = await ExtendAsync();
        var again = await ExtendAsync();

        Assert.Equal((true, $"{_sweep}: 2 trials added at 2 learning rates: 0.05, 1; Preparing."), (extended.IsChanged, extended.Text));
        Assert.Equal((false, $"{_sweep}: nothing to add: it has these learning rates."), (again.IsChanged, again.Text));
        await _host.StartWorkerAsync(_sweep);
        var progress = await EmbeddedSweeps.FollowAsync(_host, _sweep);
        Assert.Equal((SweepState.Completed, 4, 2), (progress.State, progress.Trials.Completed, progress.Rounds));
    }

    private async Task<ActionOutcome> ExtendAsync() => await Actions.ExtendAsync(new ExtendSweepRequest { Rates = { 0.05 }, Above = 1 }, await ProgressAsync(), None);

    private Task<SweepProgress> ProgressAsync() => SweepChoice.FindAsync(_host.Sweeps, "latest", None);
}
