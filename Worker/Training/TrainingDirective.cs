namespace CloudSweep.Worker.Training;

/// <summary>What the observer wants the trainer to do at a turn's end.</summary>
internal enum TrainingDirective
{
    Continue,

    /// <summary>Save a checkpoint and go on.</summary>
    Checkpoint,

    /// <summary>Save a checkpoint and return.</summary>
    CheckpointAndStop,

    /// <summary>Return at once.</summary>
    Stop,
}
