using CloudSweep.Core.Checkpoints;
using CloudSweep.Core.Domain;
using CloudSweep.Core.Ports.Objects;
using CloudSweep.Worker.Execution.Checkpoints;
using CloudSweep.Worker.Execution.Coordination;
using CloudSweep.Worker.Training;
using Microsoft.Extensions.Logging;

namespace CloudSweep.Worker.Execution;

/// <summary>Stands between a trainer and the rest of an attempt. Its calls come on the trainer's own thread, so they may block.</summary>
internal sealed partial class AttemptObserver(
    LeaseKey lease,
    LeaseKeeper keeper,
    AttemptProgress progress,
    AttemptStop stop,
    CheckpointStore checkpoints,
    TimeSpan checkpointInterval,
    TimeProvider timeProvider,
    ILogger logger,
    CancellationToken ending) : ITrainingObserver
{
    private long _savedAt = timeProvider.GetTimestamp();
    private ModelRef? _model;

    /// <summary>How the attempt ended as far as this side decided it; Finished when the trainer came to its own end.</summary>
    public AttemptEnd End { get; private set; } = new AttemptEnd.Finished();

    /// <summary>Position of the newest checkpoint that this attempt stored; -1 before the first.</summary>
    public long SavedPosition { get; private set; } = -1;

    public CancellationToken Stopping => ending;

    public IReadOnlySet<int> OpenTrials => keeper.OpenTrials;

    public void Measured(Measurement measurement) => keeper.Outbox.Add(new News.Measured(measurement), stop.Forced);

    public void SaveModel(int trial, long step, Action<Stream> write)
    {
        var name = CheckpointName.OfModel(lease.Job, lease.FencingToken, trial);
        try
        {
            _model = new ModelRef(trial, name, step, Upload(name, write));
        }
        catch (Exception exception) when (exception is StorageException or ObjectConflictException)
        {
            // The trial's numbers are right without it; only nobody can predict with it.
            LogModelFailed(exception, name);
        }
    }

    public void Ended(TrialOutcome outcome)
    {
        keeper.Outbox.Add(new News.Ended(outcome, _model?.Trial == outcome.Trial ? _model : null), stop.Forced);
        _model = null;
    }

    public void AwaitDecision(long position, long laneRows)
    {
        progress.Advance(position, laneRows);
        var answered = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        try
        {
            keeper.Outbox.Add(new News.Asked(answered), ending);

            // Without an answer nothing is trained that may be pruned: a Coordinator that is away costs time and no work.
#pragma warning disable VSTHRD002 // As in an upload: the trainer's own thread, with nothing to do until the answer is there.
            answered.Task.Wait(ending);
#pragma warning restore VSTHRD002
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            stop.Forced.ThrowIfCancellationRequested();
        }
    }

    public TrainingDirective AtTurnEnd(long position, long laneRows)
    {
        progress.Advance(position, laneRows);
        var isEnough = keeper.Directive == JobDirective.Cancel || keeper.OpenTrials.Count == 0;
        if (isEnough)
        {
            return TrainingDirective.Stop;
        }

        if (keeper.Directive == JobDirective.Pause || stop.Requested.IsCancellationRequested)
        {
            End = StopReasons.Released(keeper.Directive);
            return position == SavedPosition ? TrainingDirective.Stop : TrainingDirective.CheckpointAndStop;
        }

        return position != SavedPosition && timeProvider.GetElapsedTime(_savedAt) >= checkpointInterval ? TrainingDirective.Checkpoint : TrainingDirective.Continue;
    }

    public void AtEnd(long position, long laneRows) => progress.Advance(position, laneRows);

    public void SaveCheckpoint(long position, Action<Stream> write)
    {
        var name = CheckpointName.Of(lease.Job, lease.FencingToken, position);
        try
        {
            var sizeBytes = Upload(name, write);
            SavedPosition = position;
            keeper.Outbox.Add(new News.Checkpointed(new CheckpointRef(name, position, sizeBytes)), stop.Forced);
            LogCheckpointed(lease.Job, position, sizeBytes);
        }
        catch (Exception exception) when (exception is StorageException or ObjectConflictException)
        {
            // Without a checkpoint the numbers stay right; a later attempt only has more to repeat.
            LogCheckpointFailed(exception, name);
        }
        finally
        {
            // Counted from the end, so that a store that takes longer than the interval, or tries that long in vain, leaves time to train.
            _savedAt = timeProvider.GetTimestamp();
        }
    }

    private long Upload(string name, Action<Stream> write)
    {
        var creating = checkpoints.CreateAsync(
            name,
            (stream, cancellationToken) =>
            {
                write(new BlockingStream(stream, cancellationToken));
                return Task.CompletedTask;
            },
            stop.Forced);
#pragma warning disable VSTHRD002 // The trainer's thread is a dedicated one, with nothing to do until its state is copied.
        return creating.GetAwaiter().GetResult();
#pragma warning restore VSTHRD002
    }

    [LoggerMessage(Level = LogLevel.Debug, Message = "Stored a checkpoint of job {JobId} at row {Position}, {SizeBytes} bytes")]
    private partial void LogCheckpointed(JobId jobId, long position, long sizeBytes);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Could not store checkpoint {CheckpointName}; training goes on without it")]
    private partial void LogCheckpointFailed(Exception exception, string checkpointName);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Could not store model {ModelName}; the trial ends without it")]
    private partial void LogModelFailed(Exception exception, string modelName);
}
