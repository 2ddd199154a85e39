using CloudSweep.Core.Checkpoints;
using CloudSweep.Core.Domain;
using CloudSweep.Core.Planning;
using CloudSweep.Core.Ports.Objects;
using CloudSweep.Core.Ranking;
using CloudSweep.Worker.Data;
using CloudSweep.Worker.Execution.Checkpoints;
using CloudSweep.Worker.Execution.Coordination;
using CloudSweep.Worker.Training;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CloudSweep.Worker.Execution;

/// <summary>Trains the open trials of a job, from its last checkpoint where there is one.</summary>
internal sealed partial class TrainAttempt(
    ITrainingRowsFactory rowsFactory,
    TrainJob train,
    CheckpointStore checkpoints,
    IOptions<WorkerOptions> worker,
    IOptions<CheckpointOptions> checkpointing,
    TimeProvider timeProvider,
    ILogger<TrainAttempt> logger)
{
    public async Task<AttemptEnd> RunAsync(Grant grant, GrantedWork.Train work, LeaseKeeper keeper, AttemptProgress progress, AttemptStop stop)
    {
        if (work.Trials.Count == 0)
        {
            return new AttemptEnd.Finished();
        }

        var seeds = SeedsOf(work.Trials);
        var plan = new TrainingPlan(work.Trials, Baseline.TrainingLoss(work.Data), KeepBestBy(grant.Spec.Objective), grant.Spec.Pruning);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop.Requested, stop.Forced, keeper.Unwanted);
        var observer = new AttemptObserver(
            grant.Lease, keeper, progress, stop, checkpoints, checkpointing.Value.Interval, timeProvider, logger, ending.Token);
        ITrainingRows rows;
        try
        {
            rows = await rowsFactory.OpenAsync(grant.Spec.Data, grant.Shards, work.Data, seeds.DataOrder, progress.Data, ending.Token);
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            return keeper.Directive == JobDirective.Cancel ? new AttemptEnd.Finished() : StopReasons.Released(keeper.Directive);
        }

        using (rows as IDisposable)
        {
            await TrainAsync(grant.Lease.Job, plan, rows, grant.KernelPath, observer, work.Checkpoint, stop.Forced);
            stop.Forced.ThrowIfCancellationRequested();
        }

        if (observer.End is AttemptEnd.Released)
        {
            TellWhatIsSaved(grant.Lease.Job, progress.Position, observer.SavedPosition);
        }

        return observer.End;
    }

    private void TellWhatIsSaved(JobId job, long position, long savedPosition)
    {
        if (savedPosition == position)
        {
            LogGivenBack(job, position);
        }
        else
        {
            LogGivenBackUnsaved(job, position);
        }
    }

    private static Objective? KeepBestBy(Objective objective) => objective.Use == ScoreUse.Best ? objective : null;

    private static TrialSeeds SeedsOf(IReadOnlyList<LaneSpec> trials) =>
        trials.Select(trial => TrialSeeds.For(trial.Parameters.Training, trial.Parameters.Repeat)).DistinctBy(seeds => seeds.DataOrder).ToArray() is [var seeds]
            ? seeds
            : throw new InvalidOperationException("The trials of a job must share one order of the data.");

    private async Task TrainAsync(
        JobId job, TrainingPlan plan, ITrainingRows rows, string kernelPath, AttemptObserver observer, CheckpointRef? checkpoint, CancellationToken cancellationToken)
    {
        if (checkpoint is null || !await TryResumeAsync(checkpoint.Name, checkpoint.Position))
        {
            LogTraining(job, 0);
            await RunAsync(null);
        }

        Task RunAsync(Stream? from) => DedicatedThread.RunAsync(
            "trainer", () => train(plan, rows, kernelPath, worker.Value.ThreadsPerSlot, observer, from, cancellationToken));

        async Task<bool> TryResumeAsync(string name, long position)
        {
            try
            {
                await using var stream = await checkpoints.OpenAsync(name, cancellationToken);
                if (stream is null)
                {
                    LogCheckpointMissing(name);
                    return false;
                }

                LogTraining(job, position);
                await RunAsync(new BlockingStream(stream, cancellationToken));
                return true;
            }

            // A store that is only busy is waited for: a later attempt goes on from this checkpoint.
            catch (Exception exception) when (exception is MalformedDocumentException or ObjectChangedException or StorageException { IsTransient: false })
            {
                LogCheckpointCorrupt(exception, name);
                return false;
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Training job {JobId} from row {Position}")]
    private partial void LogTraining(JobId jobId, long position);

    [LoggerMessage(Level = LogLevel.Information, Message = "Giving job {JobId} back at row {Position}; all of it is saved")]
    private partial void LogGivenBack(JobId jobId, long position);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Giving job {JobId} back at row {Position}, which is not saved; what follows its last checkpoint is trained again")]
    private partial void LogGivenBackUnsaved(JobId jobId, long position);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Checkpoint {CheckpointName} is missing; training starts from the beginning")]
    private partial void LogCheckpointMissing(string checkpointName);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Checkpoint {CheckpointName} can't be read; training starts from the beginning")]
    private partial void LogCheckpointCorrupt(Exception exception, string checkpointName);
}
