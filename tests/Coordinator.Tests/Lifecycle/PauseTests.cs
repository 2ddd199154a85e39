using CloudSweep.Protos.V1;
using Grpc.Core;

namespace CloudSweep.Coordinator.Tests.Lifecycle;

/// <summary>A shard that is gone or another version pauses the sweep; put back, the sweep goes on as if nothing had been.</summary>
public abstract class PauseTests(StoreChoice store) : LifecycleTests(store)
{
    private const string Reason = "b.csv is gone; put it back.";

    [Fact]
    public async Task Finish_DataChangedInTheProfileStage_PausesUntilItIsResumed()
    {
        var sweep = await SubmitAsync();
        var grant = await Worker.AcquireOrFailAsync();

        await Worker.FinishAsync(grant, DataChanged);

        var paused = (await DescribeAsync(sweep)).Progress;
        Assert.Equal((SweepState.Paused, Reason), (paused.State, paused.Reason));
        Assert.Null(await Worker.AcquireAsync());

        Assert.Equal(SweepState.Preparing, await ResumeAsync(sweep));
        Assert.Equal("", (await DescribeAsync(sweep)).Progress.Reason);
        await Worker.FinishEverythingAsync();
        await AssertCompletedAsync(sweep);
    }

    [Fact]
    public async Task Finish_DataChangedInTraining_TellsOtherWorkersToGiveBack()
    {
        var sweep = await SubmitAndProfileAsync();
        var (first, second) = (await Worker.AcquireOrFailAsync(), await Worker.AcquireOrFailAsync());

        await Worker.FinishAsync(first, DataChanged);

        Assert.Equal(Directive.Pause, (await Worker.ReportAsync(second, _ => { })).Directive);
        await Worker.ReleaseAsync(second);
        Assert.Equal(SweepState.Paused, await StateAsync(sweep));
        Assert.Equal(SweepState.Running, await ResumeAsync(sweep));
        await Worker.FinishEverythingAsync();
        await AssertCompletedAsync(sweep);
    }

    [Fact]
    public async Task Finish_DataChangedAgainAndAgain_UsesUpNoAttempt()
    {
        var sweep = await SubmitAsync();
        for (var time = 0; time < 20; time++)
        {
            await Worker.FinishAsync(await Worker.AcquireOrFailAsync(), DataChanged);
            await ResumeAsync(sweep);
        }

        await Worker.FinishEverythingAsync();

        await AssertCompletedAsync(sweep);
    }

    [Fact]
    public async Task Finish_DataChangedTwiceAtOnce_KeepsTheFirstReason()
    {
        var sweep = await SubmitAndProfileAsync();
        var (first, second) = (await Worker.AcquireOrFailAsync(), await Worker.AcquireOrFailAsync());

        await Worker.FinishAsync(first, DataChanged);
        await Worker.FinishAsync(second, new AttemptFailure { Message = "a.csv is gone.", DataChanged = true });

        Assert.Equal(Reason, (await DescribeAsync(sweep)).Progress.Reason);
    }

    [Fact]
    public async Task Finish_LastJobOfThePausedSweepsOther_LeavesItPaused()
    {
        var sweep = await SubmitAndProfileAsync();
        var (first, second) = (await Worker.AcquireOrFailAsync(), await Worker.AcquireOrFailAsync());
        await Worker.FinishAsync(first, DataChanged);

        await Worker.TrainAsync(second);
        await Worker.FinishAsync(second);
        await Host.ReconcileAsync();

        Assert.Equal(SweepState.Paused, await StateAsync(sweep));
    }

    [Fact]
    public async Task Cancel_PausedSweep_IsFinal()
    {
        var sweep = await SubmitAsync();
        await Worker.FinishAsync(await Worker.AcquireOrFailAsync(), DataChanged);

        await Host.Sweeps.CancelSweepAsync(new CancelSweepRequest { Sweep = sweep, Reason = "no more" }, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(SweepState.Cancelled, await StateAsync(sweep));
        await AssertRefusedAsync(StatusCode.FailedPrecondition, () => ResumeAsync(sweep));
    }

    [Fact]
    public async Task Resume_SweepThatGoesOn_ChangesNothing()
    {
        var sweep = await SubmitAndProfileAsync();
        var before = await DescribeAsync(sweep);

        Assert.Equal(SweepState.Running, await ResumeAsync(sweep));

        Assert.Equal(before, await DescribeAsync(sweep));
    }

    [Fact]
    public Task Resume_UnknownSweep_IsNotFound() => AssertRefusedAsync(StatusCode.NotFound, () => ResumeAsync("nobody"));

    private static AttemptFailure DataChanged => new() { Message = Reason, DataChanged = true };

    private async Task<SweepState> ResumeAsync(string sweep) => (await Host.Sweeps.ResumeSweepAsync(new ResumeSweepRequest { Sweep = sweep })).State;
}

public sealed class MemoryPauseTests() : PauseTests(StoreChoice.Memory);

public sealed class SqlitePauseTests() : PauseTests(StoreChoice.Sqlite);
