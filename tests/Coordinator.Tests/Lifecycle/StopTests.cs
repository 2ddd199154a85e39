using CloudSweep.Protos.V1;
using Grpc.Core;

namespace CloudSweep.Coordinator.Tests.Lifecycle;

/// <summary>Stop: trials that have begun finish, the others are cancelled, and the sweep completes.</summary>
public abstract class StopTests(StoreChoice store) : LifecycleTests(store)
{
    [Fact]
    public async Task Stop_OneJobUnderWay_CompletesWhenItHasFinished()
    {
        var sweep = await SubmitAndProfileAsync();
        var grant = await Worker.AcquireOrFailAsync();

        var stopped = await StopAsync(sweep);

        Assert.Equal(SweepState.Running, stopped.State);
        Assert.Equal([2, 4], stopped.Cancelled);
        Assert.Null(await Worker.AcquireAsync());
        Assert.Equal(Directive.Continue, (await Worker.ReportAsync(grant, _ => { })).Directive);
        await Worker.TrainAsync(grant);
        await Worker.FinishAsync(grant);
        var progress = (await DescribeAsync(sweep)).Progress;
        Assert.Equal((SweepState.Completed, true, 2, 2), (progress.State, progress.Stopped, progress.Trials.Completed, progress.Trials.Cancelled));
    }

    [Fact]
    public async Task Stop_JobGivenBack_IsStillFinished()
    {
        var sweep = await SubmitAndProfileAsync();
        await Worker.ReleaseAsync(await Worker.AcquireOrFailAsync());

        await StopAsync(sweep);
        await Worker.FinishEverythingAsync();

        var progress = (await DescribeAsync(sweep)).Progress;
        Assert.Equal((SweepState.Completed, 2, 2), (progress.State, progress.Trials.Completed, progress.Trials.Cancelled));
    }

    [Fact]
    public async Task Stop_NothingHasBegun_CompletesAtOnce()
    {
        var sweep = await SubmitAndProfileAsync();

        Assert.Equal(SweepState.Completed, (await StopAsync(sweep)).State);

        var description = await DescribeAsync(sweep);
        Assert.Equal(Samples.Trials, description.Progress.Trials.Cancelled);
        Assert.All(description.Trials, trial => Assert.Equal("stopped", trial.Reason));
        Assert.Null(await Worker.AcquireAsync());
    }

    [Fact]
    public async Task Stop_DataIsBeingRead_CompletesAtOnceAndTellsTheReader()
    {
        var sweep = await SubmitAsync();
        var grant = await Worker.AcquireOrFailAsync();

        Assert.Equal(SweepState.Completed, (await StopAsync(sweep)).State);

        Assert.Equal(Directive.Cancel, (await Worker.ReportAsync(grant, _ => { })).Directive);
        Assert.Equal(Samples.Trials, (await DescribeAsync(sweep)).Progress.Trials.Cancelled);
    }

    [Fact]
    public async Task Stop_PausedWithTrialsUnderWay_FinishesThemOnceResumed()
    {
        var sweep = await SubmitAndProfileAsync();
        var grant = await Worker.AcquireOrFailAsync();
        await Host.Sweeps.PauseSweepAsync(new PauseSweepRequest { Sweep = sweep }, cancellationToken: TestContext.Current.CancellationToken);
        await Worker.ReleaseAsync(grant);

        Assert.Equal(SweepState.Paused, (await StopAsync(sweep)).State);

        await Host.Sweeps.ResumeSweepAsync(new ResumeSweepRequest { Sweep = sweep }, cancellationToken: TestContext.Current.CancellationToken);
        await Worker.FinishEverythingAsync();
        Assert.Equal(2, (await DescribeAsync(sweep)).Progress.Trials.Completed);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Stop_PausedBeforeAnyTrialBegan_CompletesAtOnce(bool isProfiled)
    {
        var sweep = isProfiled ? await SubmitAndProfileAsync() : await SubmitAsync();
        await Host.Sweeps.PauseSweepAsync(new PauseSweepRequest { Sweep = sweep }, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(SweepState.Completed, (await StopAsync(sweep)).State);
    }

    [Fact]
    public async Task Stop_Again_ChangesNothing()
    {
        var sweep = await SubmitAndProfileAsync();
        await StopAsync(sweep);
        var before = await DescribeAsync(sweep);

        var again = await StopAsync(sweep);

        Assert.Equal((SweepState.Completed, 0), (again.State, again.Cancelled.Count));
        Assert.Equal(before, await DescribeAsync(sweep));
    }

    [Fact]
    public async Task Stop_CancelledSweep_IsRefused()
    {
        var sweep = await SubmitAsync();
        await Host.Sweeps.CancelSweepAsync(new CancelSweepRequest { Sweep = sweep }, cancellationToken: TestContext.Current.CancellationToken);

        await AssertRefusedAsync(StatusCode.FailedPrecondition, () => StopAsync(sweep));
        await AssertRefusedAsync(StatusCode.NotFound, () => StopAsync("nobody"));
    }

    [Fact]
    public async Task Stop_ThenExtended_TrainsWhatIsAdded()
    {
        var sweep = await SubmitAsync();
        await StopAsync(sweep);

        await Host.Sweeps.ExtendSweepAsync(new ExtendSweepRequest { Sweep = sweep, Rates = { 2 } }, cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(SweepState.Preparing, await StateAsync(sweep));
        await Worker.FinishEverythingAsync();

        var progress = (await DescribeAsync(sweep)).Progress;
        Assert.Equal((SweepState.Completed, 1, Samples.Trials), (progress.State, progress.Trials.Completed, progress.Trials.Cancelled));
    }

    private async Task<StopSweepResponse> StopAsync(string sweep) => await Host.Sweeps.StopSweepAsync(new StopSweepRequest { Sweep = sweep }, cancellationToken: TestContext.Current.CancellationToken);
}

public sealed class MemoryStopTests() : StopTests(StoreChoice.Memory);

public sealed class SqliteStopTests() : StopTests(StoreChoice.Sqlite);
