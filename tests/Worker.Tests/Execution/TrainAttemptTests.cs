using CloudSweep.Core.Domain;
using CloudSweep.Core.Planning;
using CloudSweep.Core.Ports.Objects;
using CloudSweep.Protos.V1;
using CloudSweep.Worker.Execution;
using CloudSweep.Worker.Training;
using Grpc.Core;
using CheckpointRef = CloudSweep.Worker.Execution.Coordination.CheckpointRef;

namespace CloudSweep.Worker.Tests.Execution;

public sealed class TrainAttemptTests : IDisposable
{
    private readonly WorkerParts _parts = new();

    public void Dispose() => _parts.Dispose();

    [Fact]
    public async Task Run_TrainerEnds_AllNewsArriveBeforeTheEnd()
    {
        _parts.Trainer.Script = (observer, _, _) =>
        {
            observer.Measured(Some.Window(1, 1));
            observer.AtTurnEnd(1, 32);
            observer.Measured(Some.Window(1, 2));
            observer.Ended(new Core.Domain.TrialOutcome(1, Core.Domain.TrialState.Completed, 2, ""));
        };

        var end = await _parts.RunAsync(Some.Training(null, 1));

        var reports = _parts.Coordinator.CallsOf<ReportProgressRequest>();
        Assert.IsType<AttemptEnd.Finished>(end);
        Assert.Equal([1L, 2], reports.SelectMany(report => report.Measurements).Select(measurement => measurement.Step));
        Assert.Equal([1], reports.SelectMany(report => report.Outcomes).Select(outcome => outcome.Trial));
        Assert.Equal(32, reports[^1].Counters.LaneRows);
    }

    [Fact]
    public async Task Run_Always_GivesTheTrainerThePlanOfTheGrant()
    {
        await _parts.RunAsync(Some.Training(null, 4, 9));

        Assert.Equal([4, 9], _parts.Trainer.Plan!.Lanes.Select(lane => lane.Trial));
        Assert.Equal(Math.Log(2), _parts.Trainer.Plan.BaselineLoss, 1e-12);
        Assert.Equal("portable", _parts.Trainer.KernelPath);
        Assert.Equal(TrialSeeds.For(Some.Spec.Training, 0).DataOrder, _parts.Data.OrderSeed);
    }

    [Fact]
    public async Task Run_NoOpenTrial_FinishesWithoutTraining()
    {
        var end = await _parts.RunAsync(Some.Training());

        Assert.IsType<AttemptEnd.Finished>(end);
        Assert.Null(_parts.Trainer.Plan);
    }

    [Fact]
    public async Task Run_LeaseLost_StopsTrainingWithoutAnotherWord()
    {
        _parts.Coordinator.OnReport = _ => Task.FromException<ReportProgressResponse>(ScriptedCoordinator.Error(StatusCode.FailedPrecondition));
        var stopped = false;
        _parts.Trainer.Script = (observer, _, cancellationToken) =>
        {
            observer.Measured(Some.Window(1, 1));
            stopped = cancellationToken.WaitHandle.WaitOne(TimeSpan.FromSeconds(20));
            cancellationToken.ThrowIfCancellationRequested();
        };

        var end = await _parts.RunAsync(Some.Training(null, 1));

        Assert.IsType<AttemptEnd.LeaseLost>(end);
        Assert.True(stopped);
        Assert.Single(_parts.Coordinator.Calls);
    }

    [Fact]
    public async Task Run_WorkerStops_ChecksPointAndReleases()
    {
        _parts.Trainer.Script = (observer, _, cancellationToken) => ScriptedTrainer.TurnUntilStopped(observer, cancellationToken);
        var running = _parts.RunAsync(Some.Training(null, 1));
        await _parts.Trainer.Started;

        await _parts.StopAsync();
        var end = await running;

        var checkpoint = Assert.Single(_parts.Coordinator.CallsOf<ReportProgressRequest>(), report => report.Checkpoint is not null).Checkpoint;
        Assert.Equal(new AttemptEnd.Released(StopReasons.ShuttingDown), end);
        Assert.Equal($"digits-12345678/3/7-{checkpoint.Position}", checkpoint.Name);
        Assert.Equal([checkpoint.Name], await _parts.Checkpoints.ListAsync(TestContext.Current.CancellationToken));
        Assert.Equal(sizeof(long), checkpoint.SizeBytes);
        Assert.Equal($"Information: Giving job digits-12345678/3 back at row {checkpoint.Position}; all of it is saved", _parts.Log.Lines[^1]);
    }

    [Fact]
    public async Task Run_WorkerStopsWhileRowsAreWaitedFor_ChecksPointAndReleases()
    {
        var stopped = false;
        _parts.Trainer.Script = (observer, _, cancellationToken) =>
        {
            stopped = observer.Stopping.WaitHandle.WaitOne(TimeSpan.FromSeconds(20)) && !cancellationToken.IsCancellationRequested;
            ScriptedTrainer.TurnUntilStopped(observer, cancellationToken);
        };
        var running = _parts.RunAsync(Some.Training(null, 1));
        await _parts.Trainer.Started;

        await _parts.StopAsync();
        var end = await running;

        Assert.True(stopped);
        Assert.Equal(new AttemptEnd.Released(StopReasons.ShuttingDown), end);
        Assert.Equal(1, Assert.Single(_parts.Coordinator.CallsOf<ReportProgressRequest>(), report => report.Checkpoint is not null).Checkpoint.Position);
    }

    [Fact]
    public async Task Run_WorkerStopsAndNothingCanBeStored_TellsThatItIsTrainedAgain()
    {
        _parts.Trainer.Script = (observer, _, cancellationToken) =>
        {
            while (observer.AtTurnEnd(32, 32) != TrainingDirective.CheckpointAndStop)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            observer.SaveCheckpoint(32, _ => throw new StorageException("No room.", isTransient: false));
        };
        var running = _parts.RunAsync(Some.Training(null, 1));
        await _parts.Trainer.Started;

        await _parts.StopAsync();

        Assert.Equal(new AttemptEnd.Released(StopReasons.ShuttingDown), await running);
        Assert.EndsWith("which is not saved; what follows its last checkpoint is trained again", _parts.Log.Lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_WorkerStopsAndTheTrainerHangs_IsCutOffAtTheDrainTime()
    {
        _parts.Trainer.Script = (_, _, cancellationToken) =>
        {
            cancellationToken.WaitHandle.WaitOne(TimeSpan.FromSeconds(20));
            cancellationToken.ThrowIfCancellationRequested();
        };
        var running = _parts.RunAsync(Some.Training(null, 1));
        await _parts.Trainer.Started;
        await _parts.StopAsync();

        _parts.Time.Advance(WorkerParts.DrainTimeout);

        Assert.Equal(new AttemptEnd.Released(StopReasons.ShuttingDown), await running);
    }

    [Fact]
    public async Task Run_CheckpointGranted_ResumesFromIt()
    {
        await _parts.PutCheckpointAsync("digits-12345678/3/6-40", [1, 2, 3]);

        await _parts.RunAsync(Some.Training(new CheckpointRef("digits-12345678/3/6-40", 40, 3), 1));

        Assert.Equal([[1, 2, 3]], _parts.Trainer.Checkpoints);
        Assert.Equal(["Information: Training job digits-12345678/3 from row 40"], _parts.Log.Lines);
    }

    [Fact]
    public async Task Run_CheckpointMissing_StartsFromTheBeginning()
    {
        var end = await _parts.RunAsync(Some.Training(new CheckpointRef("digits-12345678/3/6-40", 40, 3), 1));

        Assert.IsType<AttemptEnd.Finished>(end);
        Assert.Equal([null], _parts.Trainer.Checkpoints);
        Assert.Equal("Information: Training job digits-12345678/3 from row 0", _parts.Log.Lines[^1]);
    }

    [Fact]
    public async Task Run_CheckpointCorrupt_StartsFromTheBeginning()
    {
        await _parts.PutCheckpointAsync("digits-12345678/3/6-40", [9]);
        _parts.Trainer.Script = (_, checkpoint, _) =>
        {
            if (checkpoint is not null)
            {
                throw new MalformedDocumentException("Not a checkpoint.");
            }
        };

        var end = await _parts.RunAsync(Some.Training(new CheckpointRef("digits-12345678/3/6-40", 40, 1), 1));

        Assert.IsType<AttemptEnd.Finished>(end);
        Assert.Equal([[9], null], _parts.Trainer.Checkpoints);
    }

    [Fact]
    public async Task Run_CheckpointStoreRefuses_StartsFromTheBeginning()
    {
        _parts.CheckpointObjects.AskFailure = new StorageException("No permission.", isTransient: false);

        var end = await _parts.RunAsync(Some.Training(new CheckpointRef("digits-12345678/3/6-40", 40, 1), 1));

        Assert.IsType<AttemptEnd.Finished>(end);
        Assert.Equal([null], _parts.Trainer.Checkpoints);
    }

    [Fact]
    public async Task Run_CheckpointStoreIsBusy_IsLeftToALaterAttempt()
    {
        _parts.CheckpointObjects.AskFailure = new StorageException("Busy.", isTransient: true);

        var end = await _parts.RunAsync(Some.Training(new CheckpointRef("digits-12345678/3/6-40", 40, 1), 1));

        Assert.Equal(new AttemptEnd.Failed(new Worker.Execution.Coordination.AttemptFailure("Busy.", Permanent: false)), end);
        Assert.Empty(_parts.Trainer.Checkpoints);
    }

    [Fact]
    public async Task AtTurnEnd_IntervalOver_ChecksPointOnceAndGoesOn()
    {
        var directives = new List<TrainingDirective>();
        _parts.Trainer.Script = (observer, _, _) =>
        {
            directives.Add(observer.AtTurnEnd(1, 1));
            _parts.Time.Advance(TimeSpan.FromSeconds(30));
            directives.Add(observer.AtTurnEnd(2, 2));
            observer.SaveCheckpoint(2, stream => stream.WriteByte(1));
            directives.Add(observer.AtTurnEnd(3, 3));
        };

        await _parts.RunAsync(Some.Training(null, 1));

        Assert.Equal([TrainingDirective.Continue, TrainingDirective.Checkpoint, TrainingDirective.Continue], directives);
    }

    [Fact]
    public async Task SaveCheckpoint_TakesLongerThanTheInterval_LeavesAnIntervalToTrain()
    {
        var directives = new List<TrainingDirective>();
        _parts.Trainer.Script = (observer, _, _) =>
        {
            observer.SaveCheckpoint(1, _ => _parts.Time.Advance(TimeSpan.FromSeconds(60)));
            directives.Add(observer.AtTurnEnd(2, 2));
            _parts.Time.Advance(TimeSpan.FromSeconds(30));
            directives.Add(observer.AtTurnEnd(3, 3));
        };

        await _parts.RunAsync(Some.Training(null, 1));

        Assert.Equal([TrainingDirective.Continue, TrainingDirective.Checkpoint], directives);
    }

    [Fact]
    public async Task SaveCheckpoint_StoreFails_TrainingGoesOn()
    {
        await _parts.PutCheckpointAsync("digits-12345678/3/7-2", [1]);
        _parts.Trainer.Script = (observer, _, _) =>
        {
            observer.SaveCheckpoint(2, stream => stream.WriteByte(1));
            observer.Measured(Some.Window(1, 3));
        };

        var end = await _parts.RunAsync(Some.Training(null, 1));

        var reports = _parts.Coordinator.CallsOf<ReportProgressRequest>();
        Assert.IsType<AttemptEnd.Finished>(end);
        Assert.All(reports, report => Assert.Null(report.Checkpoint));
        Assert.Single(reports.SelectMany(report => report.Measurements));
    }

    [Fact]
    public async Task SaveModel_LaneCompleted_StoresItAndSendsItWithTheOutcome()
    {
        _parts.Trainer.Script = (observer, _, _) =>
        {
            observer.SaveModel(1, 40, stream => stream.Write([1, 2, 3]));
            observer.Ended(new Core.Domain.TrialOutcome(1, Core.Domain.TrialState.Completed, 64, ""));
            observer.Ended(new Core.Domain.TrialOutcome(2, Core.Domain.TrialState.Diverged, 12, "loss is NaN"));
        };

        await _parts.RunAsync(Some.Training(null, 1, 2));

        var models = _parts.Coordinator.CallsOf<ReportProgressRequest>().SelectMany(report => report.Models);
        Assert.Equal([new TrialModel { Trial = 1, Name = "digits-12345678/3/7-trial-1", Step = 40, SizeBytes = 3 }], models);
        Assert.Equal(["digits-12345678/3/7-trial-1"], await _parts.Checkpoints.ListAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task SaveModel_StoreFails_TheTrialEndsWithoutIt()
    {
        await _parts.PutCheckpointAsync("digits-12345678/3/7-trial-1", [1]);
        _parts.Trainer.Script = (observer, _, _) =>
        {
            observer.SaveModel(1, 64, stream => stream.WriteByte(1));
            observer.Ended(new Core.Domain.TrialOutcome(1, Core.Domain.TrialState.Completed, 64, ""));
        };

        var end = await _parts.RunAsync(Some.Training(null, 1));

        var report = Assert.Single(_parts.Coordinator.CallsOf<ReportProgressRequest>(), report => report.Outcomes.Count > 0);
        Assert.IsType<AttemptEnd.Finished>(end);
        Assert.Empty(report.Models);
    }

    [Theory]
    [InlineData(Directive.Pause, true, typeof(AttemptEnd.Released))]
    [InlineData(Directive.Cancel, false, typeof(AttemptEnd.Finished))]
    public async Task Run_DirectiveInAnAnswer_StopsTraining(Directive directive, bool isSaved, Type end)
    {
        _parts.Coordinator.OnReport = _ => Task.FromResult(ScriptedCoordinator.Answer(directive, 1));
        _parts.Trainer.Script = (observer, _, cancellationToken) =>
        {
            observer.Measured(Some.Window(1, 1));
            ScriptedTrainer.TurnUntilStopped(observer, cancellationToken);
        };

        var ended = await _parts.RunAsync(Some.Training(null, 1));

        Assert.IsType(end, ended);
        Assert.Equal(isSaved, _parts.Coordinator.CallsOf<ReportProgressRequest>().Any(report => report.Checkpoint is not null));
    }

    [Fact]
    public async Task Run_NoTrialOpenAnyMore_StopsAndFinishes()
    {
        _parts.Coordinator.OnReport = _ => Task.FromResult(ScriptedCoordinator.Answer());
        _parts.Trainer.Script = (observer, _, cancellationToken) =>
        {
            observer.Measured(Some.Window(1, 1));
            ScriptedTrainer.TurnUntilStopped(observer, cancellationToken);
        };

        Assert.IsType<AttemptEnd.Finished>(await _parts.RunAsync(Some.Training(null, 1)));
    }

    [Fact]
    public async Task Run_DataError_FailsForGoodWithItsMessage()
    {
        _parts.Data.OnOpen = _ => throw new DataErrorException("a, line 3: too few cells");

        var end = await _parts.RunAsync(Some.Training(null, 1));

        Assert.Equal(new Worker.Execution.Coordination.AttemptFailure("a, line 3: too few cells", Permanent: true), Assert.IsType<AttemptEnd.Failed>(end).Failure);
    }

    [Fact]
    public async Task Run_OtherError_FailsForNowWithoutItsMessage()
    {
        _parts.Trainer.Script = (observer, _, _) =>
        {
            observer.Measured(Some.Window(1, 1));
            throw new InvalidOperationException("/secret/path");
        };

        var end = await _parts.RunAsync(Some.Training(null, 1));

        var failure = Assert.IsType<AttemptEnd.Failed>(end).Failure;
        Assert.False(failure.Permanent);
        Assert.Contains(nameof(InvalidOperationException), failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", failure.Message, StringComparison.Ordinal);
        Assert.Single(_parts.Coordinator.CallsOf<ReportProgressRequest>().SelectMany(report => report.Measurements));
    }

    [Fact]
    public async Task Run_ReportRefused_FailsTheAttempt()
    {
        _parts.Coordinator.OnReport = _ => Task.FromException<ReportProgressResponse>(ScriptedCoordinator.Error(StatusCode.InvalidArgument));
        _parts.Trainer.Script = (observer, _, cancellationToken) =>
        {
            observer.Measured(Some.Window(1, 1));
            ScriptedTrainer.TurnUntilStopped(observer, cancellationToken);
        };

        var end = await _parts.RunAsync(Some.Training(null, 1));

        Assert.False(Assert.IsType<AttemptEnd.Failed>(end).Failure.Permanent);
    }
}
