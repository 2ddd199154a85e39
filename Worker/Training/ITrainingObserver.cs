using CloudSweep.Core.Domain;

namespace CloudSweep.Worker.Training;

/// <summary>Hears what happens in a job. Called on the thread that runs the trainer, one call at a time; calls should be quick but where told.</summary>
internal interface ITrainingObserver
{
    void Measured(Measurement measurement);

    /// <summary>Takes the model of a lane that completed, just before <see cref="Ended"/>; <paramref name="write"/> may be called once, before this returns.</summary>
    /// <param name="trial">The trial.</param>
    /// <param name="step">Optimizer steps after which it had these weights.</param>
    /// <param name="write">Writes a safetensors file.</param>
    void SaveModel(int trial, long step, Action<Stream> write);

    /// <summary>A lane ended: Completed or Diverged. It measures nothing afterwards.</summary>
    void Ended(TrialOutcome outcome);

    /// <summary>
    /// Called once the measurements of a rung are told: returns when <see cref="OpenTrials"/> says which lanes go on, or when the attempt is to stop,
    /// which <see cref="AtTurnEnd"/>, called next, says. May take long.
    /// </summary>
    /// <param name="position">As of <see cref="AtTurnEnd"/>.</param>
    /// <param name="laneRows">As of <see cref="AtTurnEnd"/>.</param>
    void AwaitDecision(long position, long laneRows);

    /// <summary>Called at the end of every turn after which lanes are open.</summary>
    /// <param name="position">Training rows that every open lane has read, over all epochs.</param>
    /// <param name="laneRows">Training rows consumed since the trainer started, summed over lanes.</param>
    TrainingDirective AtTurnEnd(long position, long laneRows);

    /// <summary>Called in place of <see cref="AtTurnEnd"/> when no lane is open any more.</summary>
    void AtEnd(long position, long laneRows);

    /// <summary>Open lanes that are no longer wanted (cancelled or pruned elsewhere) are dropped when not in this set.</summary>
    IReadOnlySet<int> OpenTrials { get; }

    /// <summary>Cancelled when <see cref="AtTurnEnd"/> would stop from now on: nobody waits for training rows then; an evaluation is finished.</summary>
    CancellationToken Stopping => CancellationToken.None;

    /// <summary>Stores a checkpoint; <paramref name="write"/> writes it to a stream and may be called once, before this returns.</summary>
    void SaveCheckpoint(long position, Action<Stream> write);
}
