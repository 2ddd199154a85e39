using CloudSweep.Core.Domain;
using CloudSweep.Core.Planning;
using CloudSweep.Core.Ports;
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
    ICheckpointStore checkpoints,
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
        var plan = new TrainingPlan(work.Trials, Baseline.TrainingLoss(work.Data), KeepBestBy(grant.Spec.Objective));
        var observer = new AttemptObserver(
            grant.Lease, keeper, progress, stop, checkpoints, checkpointing.Value.Interval, timeProvider, logger);
        ITrainingRows rows;
        using (var opening = CancellationTokenSource.CreateLinkedTokenSource(stop.Requested, stop.Forced, keeper.Unwanted))
        {
            try
            {
                rows = await rowsFactory.OpenAsync(grant.Spec.Data, grant.Shards, work.Data, seeds.DataOrder, progress.Data, opening.Token);
            }
            catch (OperationCanceledException) when (opening.IsCancellationRequested)
            {
                return keeper.Directive == JobDirective.Cancel ? new AttemptEnd.Finished() : StopReasons.Released(keeper.Directive);
            }
        }

        using (rows as IDisposable)
        {
            await TrainAsync(plan, rows, grant.KernelPath, observer, work.Checkpoint, stop.Forced);
            stop.Forced.ThrowIfCancellationRequested();
        }

        return observer.End;
    }

    private static Objective? KeepBestBy(Objective objective) => objective.Use == ScoreUse.Best ? objective : null;

    private static TrialSeeds SeedsOf(IReadOnlyList<LaneSpec> trials) =>
        trials.Select(trial => TrialSeeds.For(trial.Parameters.Training, trial.Parameters.Repeat)).DistinctBy(seeds => seeds.DataOrder).ToArray() is [var seeds]
            ? seeds
            : throw new InvalidOperationException("The trials of a job must share one order of the data.");

    private async Task TrainAsync(
        TrainingPlan plan, ITrainingRows rows, string kernelPath, AttemptObserver observer, CheckpointRef? checkpoint, CancellationToken cancellationToken)
    {
        if (checkpoint is not null)
        {
            await using var stream = await checkpoints.OpenAsync(checkpoint.Name, cancellationToken);
            if (stream is null)
            {
                LogCheckpointMissing(checkpoint.Name);
            }
            else if (await TryResumeAsync(stream))
            {
                return;
            }
        }

        await RunAsync(null);

        Task RunAsync(Stream? from) => DedicatedThread.RunAsync(
            "trainer", () => train(plan, rows, kernelPath, worker.Value.ThreadsPerSlot, observer, from, cancellationToken));

        async Task<bool> TryResumeAsync(Stream stream)
        {
            try
            {
                await RunAsync(stream);
                return true;
            }
            catch (MalformedDocumentException exception)
            {
                LogCheckpointCorrupt(exception, checkpoint.Name);
                return false;
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Checkpoint {CheckpointName} is missing; training starts from the beginning")]
    private partial void LogCheckpointMissing(string checkpointName);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Checkpoint {CheckpointName} can't be read; training starts from the beginning")]
    private partial void LogCheckpointCorrupt(Exception exception, string checkpointName);
}
