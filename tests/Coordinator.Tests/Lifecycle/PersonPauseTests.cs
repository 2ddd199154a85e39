using CloudSweep.Protos.V1;
using Grpc.Core;

namespace CloudSweep.Coordinator.Tests.Lifecycle;

/// <summary>A person pauses a sweep and has it go on.</summary>
public abstract class PersonPauseTests(StoreChoice store) : LifecycleTests(store)
{
    [Fact]
    public async Task Pause_InTraining_TellsWorkersToGiveBackAndGrantsNothing()
    {
        var sweep = await SubmitAndProfileAsync();
        var grant = await Worker.AcquireOrFailAsync();

        Assert.Equal(SweepState.Paused, await PauseAsync(sweep, "lunch"));

        Assert.Equal("lunch", (await DescribeAsync(sweep)).Progress.Reason);
        Assert.Equal(Directive.Pause, (await Worker.ReportAsync(grant, _ => { })).Directive);
        await Worker.ReleaseAsync(grant);
        Assert.Null(await Worker.AcquireAsync());
        await Host.Sweeps.ResumeSweepAsync(new ResumeSweepRequest { Sweep = sweep }, cancellationToken: TestContext.Current.CancellationToken);
        await Worker.FinishEverythingAsync();
        await AssertCompletedAsync(sweep);
    }

    [Fact]
    public async Task Pause_WithoutAReason_SaysThatAPersonDid()
    {
        var sweep = await SubmitAsync();

        await PauseAsync(sweep);

        Assert.Equal("paused by a person", (await DescribeAsync(sweep)).Progress.Reason);
    }

    [Fact]
    public async Task Pause_Again_ChangesNothing()
    {
        var sweep = await SubmitAsync();
        await PauseAsync(sweep, "lunch");
        var before = await DescribeAsync(sweep);

        Assert.Equal(SweepState.Paused, await PauseAsync(sweep, "dinner"));

        Assert.Equal(before, await DescribeAsync(sweep));
    }

    [Fact]
    public async Task Pause_CompletedSweep_IsRefused()
    {
        var sweep = await SubmitAndProfileAsync();
        await Worker.FinishEverythingAsync();

        await AssertRefusedAsync(StatusCode.FailedPrecondition, () => PauseAsync(sweep));
        await AssertRefusedAsync(StatusCode.NotFound, () => PauseAsync("nobody"));
    }

    private async Task<SweepState> PauseAsync(string sweep, string reason = "") =>
        (await Host.Sweeps.PauseSweepAsync(new PauseSweepRequest { Sweep = sweep, Reason = reason }, cancellationToken: TestContext.Current.CancellationToken)).State;
}

public sealed class MemoryPersonPauseTests() : PersonPauseTests(StoreChoice.Memory);

public sealed class SqlitePersonPauseTests() : PersonPauseTests(StoreChoice.Sqlite);
