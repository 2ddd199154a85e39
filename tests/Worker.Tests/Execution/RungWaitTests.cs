using CloudSweep.Protos.V1;
using CloudSweep.Worker.Execution;
using CloudSweep.Worker.Training;
using Grpc.Core;

namespace CloudSweep.Worker.Tests.Execution;

/// <summary>A trainer at a rung waits for the Coordinator's answer to what it told before.</summary>
public sealed class RungWaitTests : IDisposable
{
    private readonly WorkerParts _parts = new();

    public void Dispose() => _parts.Dispose();

    [Fact]
    public async Task AwaitDecision_Answered_KnowsWhoGoesOn()
    {
        _parts.Coordinator.OnReport = report => Task.FromResult(report.Measurements.Any(measurement => measurement.KindCase == Measurement.KindOneofCase.Rung)
            ? ScriptedCoordinator.Answer(2)
            : ScriptedCoordinator.Answer(1, 2));
        IReadOnlySet<int> open = new HashSet<int>();
        _parts.Trainer.Script = (observer, _, _) =>
        {
            observer.Measured(Some.Rung(1, 5));
            observer.Measured(Some.Rung(2, 5));
            observer.AwaitDecision(160, 320);
            open = observer.OpenTrials;
        };

        await _parts.RunAsync(Some.Training(null, 1, 2));

        Assert.Equal([2], open);
        Assert.Contains(_parts.Coordinator.CallsOf<ReportProgressRequest>(), report => report is { Position: 160, Counters.LaneRows: 320 });
    }

    [Fact]
    public async Task AwaitDecision_CoordinatorIsAway_WaitsUntilItIsBack()
    {
        _parts.Coordinator.OnReport = ScriptedCoordinator.FailingFirst<ReportProgressRequest, ReportProgressResponse>(3, StatusCode.Unavailable, _ => ScriptedCoordinator.Answer(1));
        var hasWaited = false;
        _parts.Trainer.Script = (observer, _, _) =>
        {
            observer.Measured(Some.Rung(1, 5));
            observer.AwaitDecision(160, 160);
            hasWaited = _parts.Coordinator.CallsOf<ReportProgressRequest>().Count > 3;
        };

        var running = _parts.RunAsync(Some.Training(null, 1));
        while (!running.IsCompleted)
        {
            _parts.Time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await running;
        Assert.True(hasWaited);
    }

    [Fact]
    public async Task AwaitDecision_WorkerStops_ReturnsAndIsToldToSaveAndStop()
    {
        using var waits = new SemaphoreSlim(0);
        var answer = new TaskCompletionSource<ReportProgressResponse>();
        _parts.Coordinator.OnReport = report =>
        {
            waits.Release();
            return report.Measurements.Count > 0 ? answer.Task : Task.FromResult(ScriptedCoordinator.Answer(1));
        };
        var directive = TrainingDirective.Continue;
        _parts.Trainer.Script = (observer, _, _) =>
        {
            observer.Measured(Some.Rung(1, 5));
            observer.AwaitDecision(160, 160);
            directive = observer.AtTurnEnd(160, 160);
            answer.SetResult(ScriptedCoordinator.Answer(1));
        };
        var running = _parts.RunAsync(Some.Training(null, 1));
        await waits.WaitAsync(TestContext.Current.CancellationToken);

        await _parts.StopAsync();

        Assert.Equal(new AttemptEnd.Released(StopReasons.ShuttingDown), await running);
        Assert.Equal(TrainingDirective.CheckpointAndStop, directive);
    }

    [Fact]
    public async Task AwaitDecision_LeaseLost_TrainsNoFurther()
    {
        _parts.Coordinator.OnReport = _ => Task.FromException<ReportProgressResponse>(ScriptedCoordinator.Error(StatusCode.FailedPrecondition));
        var wentOn = false;
        _parts.Trainer.Script = (observer, _, _) =>
        {
            observer.Measured(Some.Rung(1, 5));
            observer.AwaitDecision(160, 160);
            wentOn = true;
        };

        Assert.IsType<AttemptEnd.LeaseLost>(await _parts.RunAsync(Some.Training(null, 1)));
        Assert.False(wentOn);
    }

    [Fact]
    public async Task AwaitDecision_SweepIsPaused_ReturnsAndIsToldToSaveAndStop()
    {
        _parts.Coordinator.OnReport = _ => Task.FromResult(ScriptedCoordinator.Answer(Directive.Pause, 1));
        var directive = TrainingDirective.Continue;
        _parts.Trainer.Script = (observer, _, _) =>
        {
            observer.Measured(Some.Rung(1, 5));
            observer.AwaitDecision(160, 160);
            directive = observer.AtTurnEnd(160, 160);
        };

        await _parts.RunAsync(Some.Training(null, 1));

        Assert.Equal(TrainingDirective.CheckpointAndStop, directive);
    }
}
